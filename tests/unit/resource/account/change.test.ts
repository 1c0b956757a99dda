import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { type Answers, handlersOn, listAccounts, listTasks, refusal, unfinished } from "../../support/fakeService";
import { type CheckedInputs, accountId, accountState, makeFingerprint, newPassword } from "../../support/resource";
import { updateAccount } from "../../support/updatePassword";

const action = "ModifyInstanceAccount";
const done = {
  outs: { status: "done", account: "app", taskId: 100, passwordFingerprint: makeFingerprint(newPassword, "app") },
};
const advice = "Create the account in the console or by CreateInstanceAccount, or correct the input account.";
const missing = `${action} failed: the instance crs-5a4py64p has no account app. ${advice}`;

describe("a change of an account's password", () => {
  it.each<[string, object, object]>([
    [
      "with the account's current privilege and policy",
      { Privilege: "r", ReadonlyPolicy: ["master", "replication"] },
      { Privilege: "r", ReadonlyPolicy: ["master", "replication"] },
    ],
    [
      "with an undocumented privilege and policy unchanged",
      { Privilege: "x", ReadonlyPolicy: ["y"] },
      { Privilege: "x", ReadonlyPolicy: ["y"] },
    ],
    ["without a privilege and a policy if the service returns none", {}, {}],
    ["without an empty privilege and policy, which the service refuses", { Privilege: "", ReadonlyPolicy: [] }, {}],
    ["without a null privilege and policy", { Privilege: null, ReadonlyPolicy: null }, {}],
  ])("is sent %s", async (_, told, sentBack) => {
    const Accounts = [
      { AccountName: "root", Privilege: "rw" },
      { AccountName: "app", Remark: "ours", ...told },
    ];
    const { outcome, sent } = await updateAccount({ DescribeInstanceAccount: { Accounts } });
    expect(outcome).toMatchObject(done);
    const change = { InstanceId: "crs-5a4py64p", AccountName: "app", AccountPassword: newPassword, ...sentBack };
    expect(sent.filter((each) => each.action === action).map(({ parameters }) => parameters)).toStrictEqual([change]);
  });

  it("reads the account just before it, and nothing else", async () => {
    const { sent } = await updateAccount({});
    const actions = sent.map((each) => each.action).filter((each) => each !== "GetCallerIdentity");
    expect(actions.slice(0, 3)).toEqual(["DescribeTaskList", "DescribeInstanceAccount", action]);
    expect(actions.filter((each) => each === "DescribeInstanceAccount")).toHaveLength(1);
    expect(actions).not.toContain("ResetPassword");
  });

  describe("sends back changes by somebody else", () => {
    const told = (Privilege: string) => ({
      Accounts: [{ AccountName: "app", Privilege, ReadonlyPolicy: ["master"] }],
    });
    const busy = refusal("ResourceUnavailable.InstanceStatusError");
    const lost = new TransportError(action, "lost", "gone");
    it.each<[string, Answers]>([
      ["while the instance was busy", { [action]: [busy, { TaskId: 100 }] }],
      ["after a lost response", { [action]: [lost, { TaskId: 100 }] }],
      ["while the instance was busy after a lost response", { [action]: [lost, busy, { TaskId: 100 }] }],
    ])("%s", async (_, answers) => {
      const reads = [told("rw"), told("r")];
      const { outcome, sent } = await updateAccount({ DescribeInstanceAccount: reads, ...answers });
      expect(outcome).toMatchObject(done);
      const sentBack = sent.filter((each) => each.action === action).map(({ parameters }) => parameters.Privilege);
      expect([sentBack[0], sentBack.at(-1)]).toEqual(["rw", "r"]);
    });

    it.each<[string, Answers, string]>([
      ["is gone", { DescribeInstanceAccount: [told("rw"), { Accounts: [] }] }, missing],
      [
        "can no longer be read",
        { DescribeInstanceAccount: [told("rw"), refusal("FailedOperation.SystemError")] },
        `${action} failed: No. (ResourceUnavailable.InstanceStatusError, request `,
      ],
    ])("but is not sent again if the account %s", async (_, answers, message) => {
      const { outcome, count } = await updateAccount({ [action]: busy, ...answers });
      expect(outcome).toMatchObject({ message: expect.stringContaining(message) as string });
      expect(count(action)).toBe(1);
    });
  });

  it("waits first for any unfinished task, of any type", async () => {
    const { outcome, elapsedMs } = await updateAccount({ DescribeTaskList: [listTasks(unfinished(99)), listTasks()] });
    expect(outcome).toMatchObject(done);
    expect(elapsedMs()).toBeGreaterThanOrEqual(1000);
  });

  it.each<[string, Answers, string]>([
    ["the instance has no such account", { DescribeInstanceAccount: listAccounts({ root: "", apps: "" }) }, missing],
    [
      "the account was deleted",
      { DescribeInstanceAccount: { Accounts: [{ AccountName: "app", Status: 4 }] } },
      missing,
    ],
    [
      "the account cannot be read for lack of a permission",
      { DescribeInstanceAccount: refusal("UnauthorizedOperation") },
      "DescribeInstanceAccount failed: No. (UnauthorizedOperation, request r2). " +
        "Grant the CAM action redis:DescribeInstanceAccount.",
    ],
    [
      "the read of the account keeps failing",
      { DescribeInstanceAccount: refusal("FailedOperation.SystemError") },
      "DescribeInstanceAccount failed: No. (FailedOperation.SystemError, request ",
    ],
    [
      "each response about the account is lost",
      { DescribeInstanceAccount: new TransportError("DescribeInstanceAccount", "lost", "timed out") },
      "DescribeInstanceAccount got no usable answer: timed out",
    ],
    [
      "the response about the account is unusable",
      { DescribeInstanceAccount: {} },
      "DescribeInstanceAccount got no usable answer: ",
    ],
    [
      "an older task has not ended",
      { DescribeTaskList: listTasks(unfinished(99)) },
      `${action} was not sent: another task, 99 of crs-5a4py64p, had not ended after 60 s, and may set another password. ` +
        "Run `pulumi up` to wait for it again.",
    ],
  ])("sends nothing, and keeps the state, if %s", async (_, answers, message) => {
    const { outcome, count } = await updateAccount(answers);
    expect((outcome as Error).message.slice(0, message.length)).toBe(message);
    expect((outcome as Error).name).not.toBe("RecordedFailure");
    expect(count(action)).toBe(0);
  });

  it("retries a failing read of the account for half a minute", async () => {
    const failing = refusal("FailedOperation.SystemError");
    const failed = await updateAccount({ DescribeInstanceAccount: failing }, { inputs: { timeoutSeconds: 600 } });
    expect(failed.elapsedMs()).toBeLessThan(60_000);
    const passing = await updateAccount({ DescribeInstanceAccount: [failing, failing, listAccounts({ app: "" })] });
    expect(passing.outcome).toMatchObject(done);
  });
});

describe("a refusal of the change", () => {
  it("by throttling is retried", async () => {
    const { outcome, lines } = await updateAccount({ [action]: [refusal("RequestLimitExceeded"), { TaskId: 100 }] });
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([
      expect.stringMatching(
        /^crs-5a4py64p\/app: ModifyInstanceAccount was throttled \(RequestLimitExceeded, request r\d+\);/,
      ),
      "crs-5a4py64p/app: the password was reset (task 100)",
    ]);
  });

  it.each<[string, string, number, string]>([
    ["an isolated instance", "ResourceUnavailable.InstanceStatusError", -2, "the instance crs-5a4py64p is isolated"],
    ["a deleted instance", "ResourceUnavailable.InstanceStatusError", -3, "the instance crs-5a4py64p is to be deleted"],
    [
      "a missing permission",
      "UnauthorizedOperation",
      2,
      "No. (UnauthorizedOperation, request r3). Grant the CAM action redis:ModifyInstanceAccount on this instance.",
    ],
    [
      "a kind of instance without accounts",
      "FailedOperation.UnSupportError",
      2,
      "No. (FailedOperation.UnSupportError, request r3). Remove the resources with the input account: this kind of instance, such as Redis 2.8, has no other accounts.",
    ],
  ])("because of %s ends it, and the error names the action", async (_, code, Status, cause) => {
    const InstanceSet = [{ InstanceId: "crs-5a4py64p", Status }];
    const { outcome } = await updateAccount({ [action]: refusal(code), DescribeInstances: { InstanceSet } });
    expect((outcome as Error).message).toContain(`${action} failed: ${cause}`);
    expect((outcome as Error).name).not.toBe("RecordedFailure");
  });
});

it("a run without the password names the action that it does not send", async () => {
  const { check, update } = handlersOn();
  const { instanceId, region, passwordFingerprint: password } = accountState();
  const recorded = { instanceId, region, account: "app", password, __provider: "the provider" };
  const { inputs } = check(recorded, recorded) as { inputs: CheckedInputs };
  await expect(update(accountId, accountState({ status: "failed" }), inputs)).rejects.toThrow(
    `${action} was not sent: this run has no password. Remove password from ignoreChanges for this run.`,
  );
});
