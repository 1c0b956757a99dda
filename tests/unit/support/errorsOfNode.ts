/**
 * Jest gives each test file its own `Error` class, while errors of Node's network are instances of Node's. The provider
 * runs in plain Node.js, which has only one: importing this module makes the tests behave the same.
 */
const { constructor: NodeError } = Object.getPrototypeOf(DOMException.prototype) as { constructor: ErrorConstructor };

Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    const isOwn = Function.prototype[Symbol.hasInstance].call(this as typeof Error, value);
    return isOwn || (this === Error && value instanceof NodeError);
  },
});
