import { type Answers, handlersOn, listOf, refusal, serviceTime, task } from "../support/fakeService";
import { type CheckedInputs, fingerprintOf, id, newPassword, oldPassword, program, state } from "../support/resource";

const verify = { host: "10.0.0.1", port: 6379 };
const adopting = { password: newPassword, onCreate: "adopt" };
const warning =
  "crs-5a4py64p: warning: the password was adopted unproven, AUTH may refuse it. Set verify to prove an adoption, and " +
  "remove onCreate from the program after the first `pulumi up`.";

describe("an adoption", () => {
  it("records whose the instance is", async () => {
    const handlers = handlersOn();
    await expect(handlers.create(handlers.checked(adopting))).resolves.toMatchObject({
      outs: { status: "done", unproven: true, ownerAccountId: "100000000001" },
    });
    expect(handlers.lines).toContain(warning);
    expect(handlers.count("ResetPassword")).toBe(0);
  });

  it.each([
    ["accepts the password", { outcome: "accepted" } as const, undefined],
    ["cannot be reached", { outcome: "unknown", reason: "no answer in time" } as const, true],
  ])("is proven or not where the instance %s", async (_, outcome, unproven) => {
    const handlers = handlersOn({}, { verify: () => Promise.resolve(outcome) });
    const { outs } = (await handlers.create(handlers.checked({ ...adopting, verify }))) as { outs: object };
    expect((outs as { unproven?: true }).unproven).toBe(unproven);
    expect(handlers.lines.includes(warning)).toBe(unproven === true);
  });

  it.each([
    [-2, "isolated. Restore the instance in the console, then run `pulumi up`."],
    [-3, "to be deleted. Remove the resource from the program."],
  ])("is refused where the status is %d", async (Status, words) => {
    const handlers = handlersOn({ DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] } });
    await expect(handlers.create(handlers.checked(adopting))).rejects.toThrow(
      `Adoption failed: the instance crs-5a4py64p is ${words}`,
    );
  });

  it("goes on without a look-up that keeps failing, within seconds", async () => {
    const handlers = handlersOn({ DescribeInstanceAccount: refusal("FailedOperation.SystemError") });
    await expect(handlers.create(handlers.checked(adopting))).resolves.toMatchObject({ outs: { unchecked: true } });
    expect(handlers.elapsedMs()).toBeLessThan(6000);
  });

  it("that is unproven is not so any more once the password is reset", async () => {
    const handlers = handlersOn();
    const olds = state({ unproven: true, passwordFingerprint: fingerprintOf(oldPassword) });
    const { outs } = (await handlers.update(id, olds, handlers.checked({ password: newPassword }))) as { outs: object };
    expect(outs).toMatchObject({ status: "done", taskId: 100 });
    expect(outs).not.toHaveProperty("unproven");
  });
});

describe("where the state holds the instance already, onCreate resets it", () => {
  const recorded = (password: string) => program({ password: fingerprintOf(password) });
  const isSetTo = (password: string) => ({ outs: { passwordFingerprint: fingerprintOf(password), taskId: 100 } });

  it("when it is created again", async () => {
    const handlers = handlersOn();
    handlers.checked(adopting, recorded(oldPassword));
    // A replacement's second check comes without what was.
    const news = handlers.checked(adopting);
    await expect(handlers.create(news)).resolves.toMatchObject(isSetTo(newPassword));
    expect(handlers.lines).toEqual(["crs-5a4py64p: the password was reset (task 100)"]);
  });

  it("and a preview says so", () => {
    const handlers = handlersOn();
    const news = handlers.checked({ ...adopting, region: "ap-shanghai" }, recorded(oldPassword));
    handlers.checked({ ...adopting, region: "ap-shanghai" }, { ...recorded(oldPassword), region: "ap-shanghai" });
    handlers.diff(id, state(), news);
    expect(handlers.lines).toEqual([
      "crs-5a4py64p: the resource will be replaced, and crs-5a4py64p in ap-shanghai gets the password (region changed)",
    ]);
  });

  it("but not where it holds another instance", async () => {
    const handlers = handlersOn();
    const news = handlers.checked(adopting, { ...recorded(oldPassword), instanceId: "crs-another1" });
    await expect(handlers.create(news)).resolves.toMatchObject({ outs: { unproven: true } });
  });
});

describe("an imported resource without a fingerprint", () => {
  const imported = () => {
    const olds: Partial<ReturnType<typeof state>> = state();
    for (const name of ["passwordFingerprint", "taskId", "requestId", "resetAt"] as const) {
      Reflect.deleteProperty(olds, name);
    }
    return olds as ReturnType<typeof state>;
  };

  it("is adopted, as a preview says", async () => {
    const handlers = handlersOn({ DescribeTaskList: listOf(task(99)) });
    const news = handlers.checked();
    expect(handlers.diff(id, imported(), news)).toEqual({ changes: true });
    expect(handlers.lines).toEqual(["crs-5a4py64p: will be adopted with its password"]);
    await expect(handlers.update(id, imported(), news)).resolves.toMatchObject({
      outs: { passwordFingerprint: fingerprintOf(oldPassword), status: "done", newestTaskId: 99, unproven: true },
    });
    expect(handlers.count("ResetPassword")).toBe(0);
  });
});

describe("two resources on one instance", () => {
  const claiming = (claim: number, changes: object = {}) => program({ __claim: claim, ...changes });
  const isRefused = (sent: boolean) => [
    {
      property: "",
      reason:
        "instanceId: another resource of this program has the instance crs-5a4py64p: keep one of them" +
        (sent ? "; the reset of the other one was sent" : ""),
    },
  ];

  it("are told apart, where ignoreChanges hands over the recorded one: the second is refused", () => {
    const { check } = handlersOn();
    expect(check({}, claiming(1)).failures).toBeUndefined();
    expect(check({}, claiming(2)).failures).toEqual(isRefused(false));
  });

  it("are told apart after the first one was sent, which the error says", async () => {
    const { check, create } = handlersOn();
    await create(check({}, claiming(1)).inputs as CheckedInputs);
    expect(check({}, claiming(2)).failures).toEqual(isRefused(true));
  });

  it.each([
    ["the second check of a replacement", claiming(1)],
    ["the same resource with another password", claiming(1, { password: newPassword })],
    ["another region", claiming(2, { region: "ap-shanghai" })],
    ["another instance", claiming(2, { instanceId: "crs-another1" })],
    ["an instance not known yet", claiming(2, { instanceId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
    ["a program of an older version", program()],
  ])("are not %s", (_, second) => {
    const { check } = handlersOn();
    check(claiming(1), claiming(1));
    expect(check({}, second).failures).toBeUndefined();
  });

  it("leave no claim behind in what is recorded", () => {
    expect(handlersOn().check({}, claiming(1)).inputs).not.toHaveProperty("__claim");
  });

  it("are not claimed by a check that fails for another reason", () => {
    const { check } = handlersOn();
    check({}, claiming(1, { password: "short" }));
    expect(check({}, claiming(2)).failures).toBeUndefined();
  });
});

describe("a refresh of a missing instance", () => {
  const gone: Answers = { DescribeInstances: { InstanceSet: [] } };
  const kept = (owner: string, current: string) => [
    "crs-5a4py64p: warning: the instance was not found and is kept in the state, since it belongs to " +
      `${owner} and these credentials to ${current}. If the instance is deleted, run \`pulumi state delete\`.`,
  ];

  it.each<[string, Answers, string | undefined, object, string[]]>([
    ["drops it with credentials of the same account", {}, "100000000001", { id: "" }, ["crs-5a4py64p: is gone"]],
    [
      "drops it where the service says that it does not exist",
      { DescribeInstances: refusal("ResourceNotFound.InstanceNotExists") },
      "100000000001",
      { id: "" },
      ["crs-5a4py64p: is gone"],
    ],
    ["keeps it with those of another one", {}, "100000000002", { id }, kept("100000000002", "100000000001")],
    ["keeps it where the owner is not known", {}, undefined, { id }, kept("an unknown account", "100000000001")],
    [
      "keeps it where it is not known whose credentials these are",
      { GetCallerIdentity: refusal("UnauthorizedOperation") },
      "100000000001",
      { id },
      kept("100000000001", "an unknown account"),
    ],
    [
      "keeps it where neither is known",
      { GetCallerIdentity: { AccountId: 5 } },
      undefined,
      { id },
      kept("an unknown account", "an unknown account"),
    ],
  ])("%s", async (_, answers, ownerAccountId, result, lines) => {
    const handlers = handlersOn({ ...gone, ...answers });
    await expect(handlers.read(id, state({ ownerAccountId }))).resolves.toMatchObject(result);
    expect(handlers.lines).toEqual(lines);
  });

  it("asks once for all resources with the same credentials whose they are", async () => {
    const handlers = handlersOn(gone);
    for (let turn = 0; turn < 3; turn++) await handlers.read(id, state());
    expect(handlers.count("GetCallerIdentity")).toBe(1);
  });
});

describe("a reset", () => {
  it("records whose the instance is", async () => {
    const handlers = handlersOn();
    await expect(handlers.create(handlers.checked())).resolves.toMatchObject({
      outs: { ownerAccountId: "100000000001" },
    });
  });

  it.each([
    ["the one that was known before", "100000000009", { outs: { ownerAccountId: "100000000009" } }],
    ["none where none was known", undefined, { outs: { status: "done" } }],
  ])("records %s where it cannot be found out", async (_, ownerAccountId, result) => {
    const handlers = handlersOn({ GetCallerIdentity: refusal("InternalError") });
    const outcome = await handlers.update(id, state({ ownerAccountId }), handlers.checked({ password: newPassword }));
    expect(outcome).toMatchObject(result);
    expect(handlers.lines).toEqual(["crs-5a4py64p: the password was reset (task 100)"]);
  });

  it("is not delayed by that: a partial failure goes without it", async () => {
    const handlers = handlersOn({
      GetCallerIdentity: () => new Error("never"),
      DescribeTaskInfo: { Status: "running" },
    });
    const news = handlers.checked({ password: newPassword, timeoutSeconds: 5 });
    await expect(handlers.update(id, state(), news)).rejects.toMatchObject({ properties: { status: "pending" } });
  });
});

describe("a refresh goes on within seconds", () => {
  it.each(["DescribeInstanceAccount", "DescribeTaskList"])("where %s keeps failing, and says so", async (action) => {
    const handlers = handlersOn({ [action]: refusal("FailedOperation.SystemError") });
    const olds = state({ passwordTime: serviceTime(-9), newestTaskId: 11111, taskStartTime: serviceTime(-10) });
    await expect(handlers.read(id, olds)).resolves.toMatchObject({ id, props: { status: "done" } });
    expect(handlers.lines).toEqual([
      `crs-5a4py64p: ${action} failed: No. (FailedOperation.SystemError, request r${action === "DescribeTaskList" ? 4 : 3}); retrying for up to 5 s`,
      expect.stringMatching(/^crs-5a4py64p: .* could not be looked at: /),
    ]);
    expect(handlers.elapsedMs()).toBeLessThan(6000);
  });
});
