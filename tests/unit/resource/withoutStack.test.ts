import { acceptedTask } from "../../support/acceptedTask";
import { withoutStack } from "../../../provider/resource/withoutStack";
import {
  ApiError,
  CredentialsError,
  InstanceError,
  SettingsError,
  TaskError,
  TransportError,
} from "../../../provider/tencentcloud/errors/errors";

describe("the stack, which Pulumi would print, is removed", () => {
  it.each([
    new ApiError("ResetPassword", "InvalidParameter", "r1", "No."),
    new TaskError(acceptedTask({ taskId: 7 }), "failed", "Busy."),
    new TransportError("A", "lost", "reset"),
    new CredentialsError("None."),
    new SettingsError("Wrong."),
    new InstanceError("crs-5a4py64p", "isolated", "Adoption"),
  ])("from an error with a complete message: %s", (error) => {
    expect(withoutStack(error)).toBe(error);
    expect(error.stack).toBe("");
  });

  it("but not from a bug of ours, which it helps to find", () => {
    const mistake = new TypeError("x is undefined");
    expect(withoutStack(mistake)).toBe(mistake);
    expect(mistake.stack).toContain("withoutStack.test.ts");
  });

  it.each([{ name: "ApiError", stack: "a stack" }, "a string", null, undefined])(
    "and nothing else is changed: %j",
    (thrown) => {
      const before = JSON.stringify(thrown);
      expect(withoutStack(thrown)).toBe(thrown);
      expect(JSON.stringify(thrown)).toBe(before);
    },
  );
});
