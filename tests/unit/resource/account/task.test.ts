import {
  type Content,
  accountChange,
  listAccounts,
  listTasks,
  refusal,
  serviceTime,
  unfinished,
} from "../../support/fakeService";
import { accountId, accountState, makeFingerprint, newPassword } from "../../support/resource";
import { updateAccount } from "../../support/updatePassword";

const action = "ModifyInstanceAccount";
const done = { outs: { status: "done", account: "app", passwordFingerprint: makeFingerprint(newPassword, "app") } };

describe("the task of the change", () => {
  const pending = accountState({
    status: "pending",
    passwordFingerprint: makeFingerprint(newPassword, "app"),
    taskId: 100,
    newestTaskId: 0,
  });
  const running: Content = { Status: "running", TaskMessage: "", StartTime: serviceTime(0) };
  const succeeded: Content = { ...running, Status: "succeed" };

  it.each<[string, Content, object]>([
    [
      "fails",
      { Status: "failed", TaskMessage: "out of memory" },
      {
        message: `${action} failed: task 100 of crs-5a4py64p/app ended as failed: out of memory (request r3). This reset changed nothing: run \`pulumi up\` to send the password again.`,
      },
    ],
    [
      "does not end in time",
      running,
      {
        name: "RecordedFailure",
        id: accountId,
        message: `${action} timed out: task 100 of crs-5a4py64p/app was still running after 60 s (request r3). Run \`pulumi up\` to resume waiting: until then, the old or the new password may be valid.`,
        properties: { status: "pending", account: "app" },
      },
    ],
  ])("%s: the error names the action, the task and the request", async (_, DescribeTaskInfo, failure) => {
    const { outcome } = await updateAccount({ DescribeTaskInfo });
    expect(outcome).toMatchObject(failure);
  });

  it("of an earlier run is waited for, and nothing is sent", async () => {
    const { outcome, count } = await updateAccount({ DescribeTaskInfo: [running, succeeded] }, { olds: pending });
    expect(outcome).toMatchObject(done);
    expect([count(action), count("ResetPassword")]).toEqual([0, 0]);
  });

  it.each<[string, Content]>([
    ["has failed", { Status: "failed", TaskMessage: "No." }],
    ["is no longer known", refusal("InvalidParameter.InvalidParameter")],
  ])("of an earlier run that %s is replaced by another change", async (_, before) => {
    const { outcome, sent } = await updateAccount(
      { [action]: { TaskId: 101 }, DescribeTaskInfo: ({ TaskId }) => (TaskId === 100 ? before : succeeded) },
      { olds: pending },
    );
    expect(outcome).toMatchObject({ outs: { status: "done", account: "app", taskId: 101 } });
    expect(sent.filter((each) => each.action === action).map(({ parameters }) => parameters.AccountName)).toEqual([
      "app",
    ]);
  });

  it("does not wait after its end for a reset, which concerns the default account", async () => {
    const lists = [listTasks(), listTasks(unfinished(101), accountChange(100))];
    const { outcome } = await updateAccount({ DescribeTaskList: lists });
    expect(outcome).toMatchObject(done);
  });

  it("waits after its end for another change of an account", async () => {
    const other = unfinished(99, { TaskType: "037" });
    const { outcome } = await updateAccount({ DescribeTaskList: [listTasks(), listTasks(other, accountChange(100))] });
    expect(outcome).toMatchObject({
      message:
        `${action} succeeded, but another task, 99 of crs-5a4py64p, had not ended after 60 s, and may set another password. ` +
        "Run `pulumi up` to wait for it and, if it has set another password, to send this one again.",
      properties: { status: "pending" },
    });
  });
});

describe("a change without a task", () => {
  const setAt = (app: string) => listAccounts({ root: "", app, spare: "" });

  it.each([
    ["the time of the account changes immediately", [setAt(serviceTime(-900)), setAt(serviceTime(0))], 0],
    ["the time of the account changes later", [setAt(""), setAt(""), setAt(serviceTime(2))], 2000],
  ])("counts as carried out if %s", async (_, DescribeInstanceAccount, afterMs) => {
    const { outcome, elapsedMs } = await updateAccount({ [action]: { TaskId: 0 }, DescribeInstanceAccount });
    expect(outcome).toMatchObject({ outs: { status: "done", account: "app" } });
    expect(elapsedMs()).toBe(afterMs);
  });

  it("is not proven by the time of another account, by a reset, or by leaving password-free mode", async () => {
    const { outcome } = await updateAccount(
      {
        [action]: { TaskId: 0 },
        DescribeInstanceAccount: [setAt(""), listAccounts({ root: serviceTime(1), app: "", spare: serviceTime(2) })],
        DescribeTaskList: [listTasks(), listTasks({ ...accountChange(101), TaskType: "007" })],
      },
      { olds: accountState({ status: "failed", isPasswordFree: true }) },
    );
    const reason = "the service accepted the reset without a task, and nothing shows that it was carried out";
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: expect.stringMatching(new RegExp(`^${action} failed: ${reason} \\(request r\\d+\\)\\.`)) as string,
      properties: { status: "failed", reason, account: "app" },
    });
  });
});
