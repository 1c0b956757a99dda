import { acceptedTask } from "../../../support/acceptedTask";
import { isPartialFailure } from "../../../../provider/resource/operation/partialFailure";
import { errorMessage } from "../../../../provider/tencentcloud/errors/errorMessage";
import {
  ApiError,
  CredentialsError,
  InstanceError,
  SettingsError,
  TaskError,
  TaskTimeoutError,
  TaskUnknownError,
  TransportError,
  isApiError,
  isTaskError,
  isTaskTimeoutError,
  isTaskUnknownError,
  isTransportError,
} from "../../../../provider/tencentcloud/errors/errors";
import { lostAndThen } from "../../../../provider/tencentcloud/redis/lostAnswer";

const refused = (code: string) => new ApiError("ResetPassword", code, "r1", "No.");

it.each([
  [refused("InvalidParameter"), "ApiError", "ResetPassword failed: No. (InvalidParameter, request r1)"],
  [
    new TaskError(acceptedTask({ taskId: 7 }), "failed", "Busy."),
    "TaskError",
    "ResetPassword failed: task 7 of crs-5a4py64p ended as failed: Busy. (request r1). " +
      "This reset changed nothing: run `pulumi up` to send the password again.",
  ],
  [
    new TaskError(acceptedTask({ taskId: 7 }), "error", " \n"),
    "TaskError",
    "ResetPassword failed: task 7 of crs-5a4py64p ended as error: the service gave no message (request r1). " +
      "This reset changed nothing: run `pulumi up` to send the password again.",
  ],
  [
    new TaskTimeoutError(acceptedTask({ taskId: 7 }), 600),
    "TaskTimeoutError",
    "ResetPassword timed out: task 7 of crs-5a4py64p was still running after 600 s (request r1)",
  ],
  [
    new TaskUnknownError(acceptedTask({ taskId: 7 })),
    "TaskUnknownError",
    "ResetPassword failed: task 7 of crs-5a4py64p is unknown to the service (request r1)",
  ],
  [
    new InstanceError("crs-5a4py64p", "isolated", "Adoption"),
    "InstanceError",
    "Adoption failed: the instance crs-5a4py64p is isolated. Restore the instance in the console, then run `pulumi up`.",
  ],
  [
    new InstanceError("crs-5a4py64p", "to be deleted", "ResetPassword", refused("ResourceUnavailable.X")),
    "InstanceError",
    "ResetPassword failed: the instance crs-5a4py64p is to be deleted (ResourceUnavailable.X, request r1). " +
      "Remove the resource from the program.",
  ],
  [new TransportError("A", "lost", "reset"), "TransportError", "A got no usable answer: reset"],
  [new CredentialsError("None."), "CredentialsError", "None."],
  [new SettingsError("Wrong."), "SettingsError", "Wrong."],
])("each error has its own name and message: %s", (error, name, message) => {
  expect(error.name).toBe(name);
  expect(error.message).toBe(message);
});

it.each([
  new ApiError("A", "C", "r1", " Two\n  lines. "),
  new TaskError(acceptedTask({ taskId: 7 }), "failed", "Two\r\nlines."),
  new TransportError("A", "lost", "Two\nlines."),
])("a message is one line: %s", ({ message }) => {
  expect(message).toContain("Two lines.");
  expect(message).not.toMatch(/[\r\n]/);
});

it.each([
  ...["\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060"],
  ...["\u2066", "\u2069", "\ufeff", "\u00ad", "\u{e0041}", "\ufe0f", "\u034f", "\u3164"],
])("a message contains no character that hides text or changes its order: %j", (character) => {
  expect(new ApiError("A", `B${character}`, "r1", `one${character}two`).message).toBe(
    "A failed: one two (B , request r1)",
  );
  expect(new TaskError(acceptedTask({ taskId: 1 }), "failed", `one${character}two`).message).toContain(
    "failed: one two (request r1).",
  );
  expect(new TransportError("A", "lost", `one${character}two`).message).toContain("one two");
});

it("a message keeps letters of any script", () => {
  expect(new TaskError(acceptedTask({ taskId: 1 }), "failed", "密码 العربية é ⚠").message).toContain(
    "failed: 密码 العربية é ⚠ (request r1).",
  );
});

it("a message contains no control character, and of a very long word only the first 800 and the last 200 characters", () => {
  const of = (reason: string): string => new TransportError("A", "lost", reason).message.replace(/^A .*?: /, "");
  expect(of("a\u001b[31m\u0000b\u0007")).toBe("a [31m b");
  expect(of("x".repeat(1000))).toBe("x".repeat(1000));
  expect(of("x".repeat(1001))).toBe(`${"x".repeat(800)} … ${"x".repeat(200)}`);
  // Nor does the cut split a surrogate pair.
  expect(of(`${"x".repeat(799)}😀${"y".repeat(200)}`)).toBe(`${"x".repeat(799)} … ${"y".repeat(200)}`);
  expect(of(`${"x".repeat(801)}😀${"y".repeat(199)}`)).toBe(`${"x".repeat(800)} … ${"y".repeat(199)}`);
});

it("a very long message of the service keeps its code and its request id", () => {
  const { message } = new ApiError("ResetPassword", "InternalError", "r1", "no ".repeat(1000));
  expect(message).toMatch(/^ResetPassword failed: no .* … .*no \(InternalError, request r1\)\. Wait for the service/);
  const lost = new TransportError("ResetPassword", "lost", "x".repeat(2000));
  expect(lostAndThen("ResetPassword", lost, new ApiError("A", "InternalError", "r2", "No.")).message).toMatch(
    /x; then A failed: No\. \(InternalError, request r2\)$/,
  );
});

it("an error keeps its cause", () => {
  const cause = new Error("the cause");
  const errors = [
    new CredentialsError("None.", { cause }),
    new InstanceError("crs-5a4py64p", "isolated", "Adoption", cause),
  ];
  expect(errors.map((error) => error.cause)).toEqual(errors.map(() => cause));
});

describe("errors are recognized by name, since there may be two copies of this package", () => {
  const guards = [isApiError, isPartialFailure, isTaskError, isTaskTimeoutError, isTaskUnknownError, isTransportError];

  it.each(["ApiError", "PartialFailure", "TaskError", "TaskTimeoutError", "TaskUnknownError", "TransportError"])(
    "%s",
    (name) => {
      const foreign = Object.assign(new Error("from another copy"), { name });
      expect(guards.filter((guard) => guard(foreign)).map((guard) => guard.name)).toEqual([`is${name}`]);
    },
  );

  it.each([new Error("ApiError"), "ApiError", { name: "ApiError" }, null, undefined])(
    "%p is not one of them",
    (thrown) => {
      expect(guards.filter((guard) => guard(thrown))).toEqual([]);
    },
  );
});

it.each([
  [new Error("a message"), "a message"],
  ["a string", "a string"],
  [undefined, "undefined"],
])("any thrown value has a message: %p", (thrown, message) => {
  expect(errorMessage(thrown)).toBe(message);
});
