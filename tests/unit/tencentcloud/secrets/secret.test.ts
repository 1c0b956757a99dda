import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { format, inspect } from "node:util";

import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { errorMessage } from "../../../../provider/tencentcloud/errors/errorMessage";

const text = "zy456987";
const secret = new Secret(text);
const holder = { secret, list: [secret], map: new Map([["key", secret]]) };
const everything = { depth: null, showHidden: true, getters: true } as const;

function logged(...values: unknown[]): string {
  const stream = new PassThrough();
  new Console(stream).log(...values);
  return String(stream.read());
}

/** Returns the message that is shown if a value is thrown by mistake. */
function messageOfThrown(thrown: unknown): string {
  try {
    throw thrown;
  } catch (error) {
    return errorMessage(error);
  }
}

it.each<[string, () => string]>([
  ["String()", () => String(secret)],
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- by mistake, this is how it would get into a text
  ["a template string", () => `${secret}`],
  // eslint-disable-next-line @typescript-eslint/restrict-plus-operands -- likewise
  ["concatenation", () => "" + secret],
  ["join()", () => [secret].join()],
  ["toLocaleString()", () => secret.toLocaleString()],
  ["inspect()", () => inspect(secret)],
  ["%s", () => format("%s", secret)],
  ["console.log()", () => logged(secret).trim()],
  ["the message of a thrown secret", () => messageOfThrown(secret)],
  ["the message of an error", () => new Error(secret as unknown as string).message],
])("a secret is printed as [secret] by %s", (_, show) => {
  expect(show()).toBe("[secret]");
});

it.each<[string, () => string]>([
  ["JSON.stringify()", () => JSON.stringify(secret)],
  ["JSON.stringify() of an object that contains it", () => JSON.stringify(holder)],
  ["inspect() of an object that contains it", () => inspect(holder, everything)],
  ["%o and %j", () => format("%o %j", secret, secret)],
  ["console.log() of an object that contains it", () => logged("a holder", holder)],
  [
    "inspect() of an error that has it as a property",
    () => inspect(Object.assign(new Error("failed"), { secret }), everything),
  ],
  ["inspect() of an error that has it as its cause", () => inspect(new Error("failed", { cause: secret }), everything)],
])("a secret is printed only as [secret] by %s", (_, show) => {
  expect(show()).toContain("[secret]");
  expect(show()).not.toContain(text);
});

it.each<[string, () => unknown]>([
  ["inspect() without custom functions", () => inspect(secret, { ...everything, customInspect: false })],
  ["listing its properties", () => [Object.entries(secret), Reflect.ownKeys(secret)].flat()],
  // eslint-disable-next-line @typescript-eslint/no-misused-spread -- by mistake, this is how it is copied
  ["copying it", () => inspect({ ...secret }, everything)],
  ["cloning it", () => inspect(structuredClone(secret), everything)],
])("a secret cannot be found by %s", (_, show) => {
  expect(String(show())).not.toContain(text);
});

it("only its own method exposes a secret", () => {
  expect(secret.expose()).toBe(text);
});
