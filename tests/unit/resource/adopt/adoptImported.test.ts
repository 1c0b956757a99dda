import type { State } from "../../../../provider/resource/contract/state";
import { handlersOn, listAccounts, refusal } from "../../support/fakeService";
import { id, instanceId, makeFingerprint, oldPassword } from "../../support/resource";

/** The state after an import. */
const region = "ap-guangzhou";
const imported = { __provider: "text", stateVersion: 1, instanceId, region, triggers: {}, status: "done" } as const;
const inputs = { instanceId, region };
const passwordFree = { DescribeInstances: { InstanceSet: [{ InstanceId: instanceId, Status: 2, NoAuth: true }] } };
const ownerAccountId = "100000000001";

describe("a refresh of an imported resource", () => {
  it("keeps it: any password of the instance is the one to adopt", async () => {
    const handlers = handlersOn({ DescribeInstanceAccount: listAccounts({ root: "2026-01-02 03:04:05" }) });
    const result = await handlers.read(id, imported);
    expect(result).toMatchObject({ id, props: imported });
    expect(result.props).not.toHaveProperty("passwordTime");
    expect(handlers.lines).toEqual([]);
    expect(handlers.count("DescribeTaskList")).toBe(0);
  });

  it("compares without a password, and finds nothing to do", () => {
    expect(handlersOn().diff(id, imported, inputs as never)).toEqual({ changes: false });
  });

  it("removes it if the instance is gone", async () => {
    const handlers = handlersOn({ DescribeInstances: refusal("ResourceNotFound.InstanceNotExists") });
    await expect(handlers.read(id, { ...imported, ownerAccountId })).resolves.toEqual({ id: "" });
  });

  it("detects that an instance has lost its password, which the next update then sets", async () => {
    const handlers = handlersOn(passwordFree);
    const props = (await handlers.read(id, imported)).props as State & { __provider: string };
    expect(props).toMatchObject({ status: "drifted", isPasswordFree: true });
    const news = handlers.checked({ triggers: {} }, inputs);
    expect(handlers.diff(id, props, news)).toEqual({ changes: true });
    const outs = { status: "done", passwordFingerprint: makeFingerprint(oldPassword), taskId: 100 };
    await expect(handlers.update(id, props, news)).resolves.toMatchObject({ outs });
    expect(handlers.lines.slice(1)).toEqual([
      "crs-5a4py64p: the password will be reset (password-free mode is on)",
      "crs-5a4py64p: the password was reset (task 100)",
    ]);
  });
});

describe("the first update with a password", () => {
  it("resets nothing because of triggers", async () => {
    const handlers = handlersOn();
    const news = handlers.checked({ triggers: { month: "1" } }, inputs);
    expect(handlers.diff(id, imported, news)).toEqual({ changes: true });
    const outs = { passwordFingerprint: makeFingerprint(oldPassword), triggers: { month: "1" }, status: "done" };
    await expect(handlers.update(id, imported, news)).resolves.toMatchObject({ outs });
    expect(handlers.count("ResetPassword")).toBe(0);
    expect(handlers.lines.slice(0, 2)).toEqual([
      "crs-5a4py64p: will be adopted with its password",
      "crs-5a4py64p: is adopted with its password, nothing was reset",
    ]);
  });

  it("fails for an instance without a password, and says how to set one", async () => {
    const handlers = handlersOn(passwordFree);
    const news = handlers.checked({ onCreate: "adopt" }, inputs);
    await expect(handlers.update(id, imported, news)).rejects.toThrow(
      "Adoption failed: crs-5a4py64p is in password-free mode and has no password. " +
        "Run `pulumi refresh`, then `pulumi up` to set a password.",
    );
  });

  it("fails for a password that the instance refuses", async () => {
    const verifyPassword = () => Promise.resolve({ outcome: "refused", reason: "WRONGPASS" } as const);
    const handlers = handlersOn({}, { verifyPassword });
    const news = handlers.checked({ verify: { host: "10.0.0.1", port: 6379 } }, inputs);
    await expect(handlers.update(id, imported, news)).rejects.toThrow("Set password to the one that crs-5a4py64p has.");
  });
});
