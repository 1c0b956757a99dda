/**
 * Jest gives each test file its own `Error` class, while what Node's network throws is an instance of Node's. The
 * provider runs in plain Node, where there is but one: importing this makes it look so in the tests, too.
 */
const { constructor: NodeError } = Object.getPrototypeOf(DOMException.prototype) as { constructor: ErrorConstructor };

Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    const isOwn = Function.prototype[Symbol.hasInstance].call(this as typeof Error, value);
    return isOwn || (this === Error && value instanceof NodeError);
  },
});
