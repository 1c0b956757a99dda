import crypto, { type scryptSync } from "node:crypto";

import { withoutStack } from "../../../provider/engine/withoutStack";
import { CanceledError, SettingsError } from "../../../provider/tencentcloud/errors/errors";
import { catchError } from "../support/failure";
import { check, diff, read } from "../support/handlers";
import { checked, id, program, state } from "../support/resource";

type Way = (thrown: unknown) => () => unknown;

describe.each<[string, Way]>([
  [
    "throws",
    (thrown) =>
      withoutStack(() => {
        throw thrown;
      }),
  ],
  ["rejects with", (thrown) => withoutStack(() => Promise.reject(thrown as Error))],
])("a method that %s", (_, throwing) => {
  it.each([new Error("A sentence."), new SettingsError("Wrong."), new CanceledError("Refresh was canceled")])(
    "an error with a message for the user does so without the stack, which Pulumi would print: %s",
    async (error) => {
      expect(await catchError(throwing(error))).toBe(error);
      expect(error.stack).toBe("");
    },
  );

  it("an error of a mistake does so with the stack, which helps to find it", async () => {
    const mistake = new TypeError("x is undefined");
    expect(await catchError(throwing(mistake))).toBe(mistake);
    expect(mistake.stack).toContain("withoutStack.test.ts");
  });

  it.each([{ name: "ApiError", stack: "a stack" }, "a string", null, undefined])(
    "anything else does so unchanged: %j",
    async (thrown) => {
      const before = JSON.stringify(thrown);
      expect(await catchError(throwing(thrown))).toBe(thrown);
      expect(JSON.stringify(thrown)).toBe(before);
    },
  );
});

it("a result is returned unchanged, with all arguments passed", async () => {
  const add = (a: number, b: number): number => a + b;
  expect(withoutStack(add)(1, 2)).toBe(3);
  await expect(withoutStack((a: number, b: number) => Promise.resolve(add(a, b)))(1, 2)).resolves.toBe(3);
});

describe("Pulumi gets no stack from", () => {
  const original = crypto.scryptSync;
  afterEach(() => {
    crypto.scryptSync = original;
  });

  it.each<[string, () => unknown]>([
    ["check", () => check({}, program())],
    ["diff", () => diff(id, state({ stateVersion: 2 }), checked())],
    ["read", () => read("no id", state())],
  ])("%s", async (name, call) => {
    if (name === "check") crypto.scryptSync = undefined as unknown as typeof scryptSync;
    expect(await catchError(call)).toMatchObject({ name: "Error", stack: "" });
  });
});
