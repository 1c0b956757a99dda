import { type Answer, type Answers, handlersOn, listTasks, refusal, serviceTime } from "../../support/fakeService";
import { catchError } from "../../support/failure";
import { makeFingerprint, id, newPassword, state } from "../../support/resource";
import { updatePassword } from "../../support/updatePassword";

const recorded = (taskId: number) => ({ taskId, passwordFingerprint: makeFingerprint(newPassword) });

describe("any error after a reset is accepted is a partial failure with its task and its fingerprint", () => {
  const verify = { host: "10.0.0.1", port: 6379 };

  it("a verification that throws", async () => {
    const broken = { verifyPassword: () => Promise.reject(new Error("broken")) };
    const { outcome } = await updatePassword({}, { inputs: { verify }, world: broken });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: "broken. Run `pulumi up` to resume waiting: until then, the old or the new password may be valid.",
      properties: { ...recorded(100), status: "pending", __provider: "the provider" },
    });
  });

  it("a verification that throws if there is no task", async () => {
    const broken = { verifyPassword: () => Promise.reject(new Error("broken")) };
    const { outcome } = await updatePassword({ ResetPassword: { TaskId: 0 } }, { inputs: { verify }, world: broken });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message:
        "broken. Run `pulumi up` to send the password again: until then, the old or the new password may be valid.",
      properties: {
        passwordFingerprint: makeFingerprint(newPassword),
        status: "failed",
        reason: "the last run ended before it was known whether the password was set",
      },
    });
    expect(outcome).not.toHaveProperty("properties.taskId");
  });

  it("a verification that the user cancels: the password is set", async () => {
    const canceled = { outcome: "unknown", reason: "the run was canceled" } as const;
    let cancel = (): void => undefined;
    const verifyPassword = () => {
      cancel();
      return Promise.resolve(canceled);
    };
    const handlers = handlersOn({}, { verifyPassword });
    cancel = handlers.cancel;
    const news = handlers.checked({ password: newPassword, verify });
    const outcome = await handlers.update(id, state(), news).catch((error: unknown) => error);
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: "Verification was interrupted: the password was set, but not verified. Run `pulumi up` to verify it.",
      properties: { ...recorded(100), status: "pending" },
    });
  });

  it("a log that throws", async () => {
    const { outcome } = await updatePassword(
      { DescribeTaskList: [listTasks(), refusal("UnauthorizedOperation")] },
      {
        world: {
          print: (line) => {
            if (line.includes("warning: ")) throw new Error("EPIPE");
          },
        },
      },
    );
    expect(outcome).toMatchObject({ name: "RecordedFailure", properties: { ...recorded(100), status: "pending" } });
  });

  it("credentials that expire while the task is running", async () => {
    const { outcome } = await updatePassword({ DescribeTaskInfo: refusal("AuthFailure.TokenFailure") });
    expect(outcome).toMatchObject({ name: "RecordedFailure", properties: { ...recorded(100), status: "pending" } });
  });
});

describe("if the service does not know the task of a reset that it has just accepted", () => {
  const unknown = refusal("InvalidParameter.InvalidParameter");
  const taskInfo: Answer = ({ TaskId }) =>
    TaskId === 100 ? unknown : { Status: "succeed", StartTime: serviceTime(20) };

  it("the password is sent again", async () => {
    const handlers = handlersOn({ ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }], DescribeTaskInfo: taskInfo });
    const news = handlers.checked({ password: newPassword });
    await expect(handlers.update(id, state(), news)).resolves.toMatchObject({
      outs: { ...recorded(101), status: "done" },
    });
    expect(handlers.lines).toEqual([
      "crs-5a4py64p: task 100 is unknown to the service; the password is sent again",
      "crs-5a4py64p: the password was reset (task 101)",
    ]);
  });

  it.each<[string, Answers]>([
    ["is refused", { ResetPassword: [{ TaskId: 100 }, refusal("AuthFailure.TokenFailure")] }],
    [
      "fails",
      {
        ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
        DescribeTaskInfo: ({ TaskId }) => (TaskId === 100 ? unknown : { Status: "failed", TaskMessage: "Busy." }),
      },
    ],
  ])("and the second reset %s, it is recorded that either password may be set", async (_, answers) => {
    const { outcome } = await updatePassword({ DescribeTaskInfo: taskInfo, ...answers });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      properties: { passwordFingerprint: makeFingerprint(newPassword), status: "failed" },
    });
  });

  it("it is sent again only once per run", async () => {
    const { outcome, count } = await updatePassword({
      ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
      DescribeTaskInfo: unknown,
    });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: expect.stringMatching(
        /^ResetPassword failed: task 101 is unknown to the service \(task 101, request r\d+\)\. Run `pulumi up` to send/,
      ) as string,
      properties: { ...recorded(101), status: "failed" },
    });
    expect(count("ResetPassword")).toBe(2);
  });
});

it("an error before a reset is sent is not a partial failure", async () => {
  const handlers = handlersOn({ ResetPassword: refusal("InvalidParameterValue.PasswordRuleError") });
  const news = handlers.checked({ password: newPassword });
  expect(await catchError(() => handlers.update(id, state(), news))).toMatchObject({ name: "ApiError" });
});
