import { handlersOn } from "../support/fakeService";
import { type CheckedInputs, makeFingerprint, newPassword, oldPassword, program } from "../support/resource";

describe("two resources for one account", () => {
  const claiming = (claim: number, changes: object = {}) => program({ __claim: claim, ...changes });
  const isRefused = (sent: boolean) => [
    {
      property: "",
      reason:
        "instanceId: another resource of this program has the instance crs-5a4py64p: keep one of them" +
        (sent ? "; the reset of the other one was sent" : ""),
    },
  ];

  it("conflict, if ignoreChanges keeps the recorded account: the second one is rejected", () => {
    const { check } = handlersOn();
    expect(check({}, claiming(1)).failures).toBeUndefined();
    expect(check({}, claiming(2)).failures).toEqual(isRefused(false));
  });

  it("conflict after the first reset was sent, as the error says", async () => {
    const { check, create } = handlersOn();
    await create(check({}, claiming(1)).inputs as CheckedInputs);
    expect(check({}, claiming(2)).failures).toEqual(isRefused(true));
  });

  it("conflict before the first reset is sent, which is then not sent", async () => {
    const { check, create, count } = handlersOn();
    const first = check({}, claiming(1)).inputs as CheckedInputs;
    check({}, claiming(2));
    await expect(create(first)).rejects.toThrow(
      "ResetPassword was not sent: another resource of this program has the instance crs-5a4py64p. Keep one of them.",
    );
    expect(count("ResetPassword")).toBe(0);
  });

  it.each([
    ["the second check of a replacement", claiming(1)],
    ["the same resource with another password", claiming(1, { password: newPassword })],
    ["another region", claiming(2, { region: "ap-shanghai" })],
    ["another instance", claiming(2, { instanceId: "crs-another1" })],
    ["another account", claiming(2, { account: "app" })],
    ["an account not known yet", claiming(2, { account: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
    ["an instance not known yet", claiming(2, { instanceId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
    ["a program of an older version", program()],
  ])("do not conflict: %s", (_, second) => {
    const { check } = handlersOn();
    check(claiming(1), claiming(1));
    expect(check({}, second).failures).toBeUndefined();
  });

  it.each([
    ["root and no account", { account: "root" }, {}, "instanceId", "the instance crs-5a4py64p"],
    ["no account and null", {}, { account: null }, "instanceId", "the instance crs-5a4py64p"],
    ["app and app", { account: "app" }, { account: "app" }, "account", "the account app of crs-5a4py64p"],
  ])("are rejected: %s", (_, first, second, field, what) => {
    const { check } = handlersOn();
    expect(check({}, claiming(1, first)).failures).toBeUndefined();
    const reason = `${field}: another resource of this program has ${what}: keep one of them`;
    expect(check({}, claiming(2, second)).failures).toEqual([{ property: "", reason }]);
  });

  it("do not conflict if ignoreChanges keeps different accounts", () => {
    const { check } = handlersOn();
    const recorded = { ...program({ account: "app" }), password: makeFingerprint(oldPassword, "app") };
    check(recorded, claiming(1, { account: "app" }));
    expect(check({}, claiming(2, { account: "app" })).failures).toHaveLength(1);
  });

  it("prevent the first reset, with an error that names the account", async () => {
    const { check, create, count } = handlersOn();
    const { inputs } = check({}, claiming(1, { account: "app" })) as { inputs: CheckedInputs };
    check({}, claiming(2, { account: "app" }));
    await expect(create(inputs)).rejects.toThrow(
      "ModifyInstanceAccount was not sent: another resource of this program has the account app of crs-5a4py64p. Keep one of them.",
    );
    expect(count("ModifyInstanceAccount")).toBe(0);
  });

  it("leave no claim in the recorded inputs", () => {
    expect(handlersOn().check({}, claiming(1)).inputs).not.toHaveProperty("__claim");
  });

  it("do not conflict after a check that fails for another reason", () => {
    const { check } = handlersOn();
    check({}, claiming(1, { password: "short" }));
    expect(check({}, claiming(2)).failures).toBeUndefined();
  });
});
