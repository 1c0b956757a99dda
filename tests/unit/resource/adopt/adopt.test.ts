import { handlersOn, listTasks, refusal, task } from "../../support/fakeService";
import { makeFingerprint, id, newPassword, oldPassword, program, state } from "../../support/resource";
import { adoptedUnproven, adoptedUnverified, wasReset } from "../../support/lines";

const verify = { host: "10.0.0.1", port: 6379 };
const adopting = { password: newPassword, onCreate: "adopt" };

describe("an adoption", () => {
  it("records the account that owns the instance", async () => {
    const handlers = handlersOn();
    await expect(handlers.create(handlers.checked(adopting))).resolves.toMatchObject({
      outs: { status: "done", unproven: true, ownerAccountId: "100000000001" },
    });
    expect(handlers.lines).toContain(adoptedUnproven);
    expect(handlers.count("ResetPassword")).toBe(0);
  });

  it.each([
    ["is proven if the instance accepts the password", { outcome: "accepted" } as const, undefined],
    ["is unproven if the instance is unreachable", { outcome: "unknown", reason: "timed out" } as const, true],
  ])("%s", async (_, outcome, unproven) => {
    const handlers = handlersOn({}, { verifyPassword: () => Promise.resolve(outcome) });
    const { outs } = (await handlers.create(handlers.checked({ ...adopting, verify }))) as { outs: object };
    expect((outs as { unproven?: true }).unproven).toBe(unproven);
    expect(handlers.lines.includes(adoptedUnverified)).toBe(unproven === true);
  });

  it.each([
    [-2, "isolated. Restore the instance in the console, then run `pulumi up`."],
    [-3, "to be deleted. Remove the resource from the program."],
  ])("is rejected if the status is %d", async (Status, words) => {
    const handlers = handlersOn({ DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] } });
    await expect(handlers.create(handlers.checked(adopting))).rejects.toThrow(
      `Adoption failed: the instance crs-5a4py64p is ${words}`,
    );
  });

  it("continues without a failing read, within seconds", async () => {
    const handlers = handlersOn({ DescribeInstanceAccount: refusal("FailedOperation.SystemError") });
    await expect(handlers.create(handlers.checked(adopting))).resolves.toMatchObject({ outs: { unchecked: true } });
    expect(handlers.elapsedMs()).toBeLessThan(6000);
  });

  it("is no longer unproven once the password is reset", async () => {
    const handlers = handlersOn();
    const olds = state({ unproven: true, passwordFingerprint: makeFingerprint(oldPassword) });
    const { outs } = (await handlers.update(id, olds, handlers.checked({ password: newPassword }))) as { outs: object };
    expect(outs).toMatchObject({ status: "done", taskId: 100 });
    expect(outs).not.toHaveProperty("unproven");
  });
});

describe("if the state holds the instance already, onCreate resets it", () => {
  const recorded = (password: string) => program({ password: makeFingerprint(password) });
  const isSetTo = (password: string) => ({ outs: { passwordFingerprint: makeFingerprint(password), taskId: 100 } });

  it("when it is created again", async () => {
    const handlers = handlersOn();
    handlers.checked(adopting, recorded(oldPassword));
    // The second check of a replacement has no olds.
    const news = handlers.checked(adopting);
    await expect(handlers.create(news)).resolves.toMatchObject(isSetTo(newPassword));
    expect(handlers.lines).toEqual([wasReset(100)]);
  });

  it("and a preview says so", () => {
    const handlers = handlersOn();
    const news = handlers.checked({ ...adopting, region: "ap-shanghai" }, recorded(oldPassword));
    handlers.checked({ ...adopting, region: "ap-shanghai" }, { ...recorded(oldPassword), region: "ap-shanghai" });
    handlers.diff(id, state(), news);
    expect(handlers.lines).toEqual([
      "crs-5a4py64p: the resource, not the instance, will be replaced, and crs-5a4py64p in ap-shanghai gets the password (region changed)",
    ]);
  });

  it("but not if it holds another instance", async () => {
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
    const handlers = handlersOn({ DescribeTaskList: listTasks(task(99)) });
    const news = handlers.checked();
    expect(handlers.diff(id, imported(), news)).toEqual({ changes: true });
    expect(handlers.lines).toEqual(["crs-5a4py64p: will be adopted with its password"]);
    await expect(handlers.update(id, imported(), news)).resolves.toMatchObject({
      outs: { passwordFingerprint: makeFingerprint(oldPassword), status: "done", newestTaskId: 99, unproven: true },
    });
    expect(handlers.count("ResetPassword")).toBe(0);
  });
});
