import { logins, passwords, settled, start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { documented } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const code = (Code: string) => ({ Error: { Code } });

const page = { InstanceId: instanceId, Limit: 20, Offset: 0 };

describe("ModifyInstanceAccount", () => {
  const root = { InstanceId: instanceId, AccountName: "root" };
  const modify = (port: number, parameters: object) =>
    call(port, { action: "ModifyInstanceAccount", parameters: { ...root, ...parameters } });

  it.each([
    ["a password", { AccountPassword: "zy456987" }, ["zy456987"]],
    ["no authentication", { NoAuth: true }, [""]],
    ["only other fields", { Remark: "by hand", ReadonlyPolicy: ["replication"], Privilege: "rw" }, []],
  ])("sets %s", async (_, parameters, expected) => {
    const port = await start();
    await modify(port, parameters);
    await settled();
    expect([...passwords.values()]).toEqual(expected);
    const { Accounts } = await call(port, { action: "DescribeInstanceAccount", parameters: page });
    const { Remark = "default", ReadonlyPolicy = ["master"] } = parameters as Record<string, unknown>;
    expect(Accounts).toMatchObject([{ Remark, ReadonlyPolicy }]);
    const { Tasks } = await call(port, { action: "DescribeTaskList" });
    expect(Tasks).toMatchObject([{ TaskType: "037", Result: 2 }]);
  });

  it.each([
    ["another account", { AccountName: "reader" }, "InvalidParameter.PermissionDenied"],
    ["another instance", { InstanceId: "crs-1" }, "ResourceNotFound.InstanceNotExists"],
    ["no account", { AccountName: undefined }, "MissingParameter"],
    [
      "a password with only one kind of character",
      { AccountPassword: "zyzyzyzyzy" },
      "InvalidParameterValue.PasswordRuleError",
    ],
    ["an empty password", { AccountPassword: "" }, "InvalidParameterValue.PasswordEmpty"],
    ["an encrypted password", { EncryptPassword: true }, "FailedOperation.UnSupportError"],
    ["another privilege", { Privilege: "r" }, "InvalidParameterValue"],
    ["an unknown policy", { ReadonlyPolicy: ["slave"] }, "InvalidParameterValue"],
    ["an empty policy", { ReadonlyPolicy: [] }, "InvalidParameterValue"],
  ])("refuses %s", async (_, parameters, expected) => {
    expect(await modify(await start(), parameters)).toMatchObject(code(expected));
  });

  it("requires a password to switch authentication on again", async () => {
    const port = await start();
    await modify(port, { NoAuth: true });
    await settled();
    expect(await modify(port, { NoAuth: false })).toMatchObject(code("InvalidParameterValue.PasswordEmpty"));
  });

  describe("for a custom account", () => {
    const reader = { AccountName: "reader" };
    const describeReader = async (port: number) => {
      const { Accounts } = await call(port, { action: "DescribeInstanceAccount", parameters: page });
      return (Accounts as { readonly AccountName: string }[]).find(({ AccountName }) => AccountName === "reader");
    };

    it.each<[string, object, object]>([
      ["nothing, as in the vendor's example", {}, {}],
      ["a password", { AccountPassword: "zy456987" }, {}],
      ["a remark", { Remark: "by hand" }, { Remark: "by hand" }],
      ["an empty remark", { Remark: "" }, { Remark: "" }],
      ["a privilege", { Privilege: "r" }, { Privilege: "r" }],
      ["a policy", { ReadonlyPolicy: ["master", "replication"] }, { ReadonlyPolicy: ["master", "replication"] }],
      ["nothing with NoAuth and EncryptPassword set to false", { NoAuth: false, EncryptPassword: false }, {}],
    ])("changes %s, and leaves the rest unchanged", async (_, parameters, changed) => {
      const port = await start({ accounts: ["reader", "writer"] });
      await modify(port, { ...reader, Remark: "before", Privilege: "w", ReadonlyPolicy: ["replication"] });
      await settled();
      const before = await describeReader(port);
      expect(before).toMatchObject({ Remark: "before", Privilege: "w", ReadonlyPolicy: ["replication"] });
      expect(await modify(port, { ...reader, ...parameters })).toMatchObject({ TaskId: 16658 });
      await settled();
      const after = await describeReader(port);
      const { PasswordLastModifiedTime } = { ...before, ...after } as Record<string, unknown>;
      expect(after).toEqual({ ...before, ...changed, PasswordLastModifiedTime });
      const { Tasks } = await call(port, { action: "DescribeTaskList" });
      expect(Tasks).toMatchObject([{ TaskType: "037", Result: 2 }, { TaskType: "037" }]);
    });

    it("changes its joined password and its Redis user, and no other", async () => {
      const port = await start({ accounts: ["reader", "writer"] });
      await modify(port, { ...reader, AccountPassword: "zy456987", Privilege: "r" });
      await settled();
      expect(logins.get(instanceId)).toEqual({
        passwords: ["before-1t", "reader@zy456987", "writer@before-1t"],
        users: [
          { name: "reader", password: "zy456987", commands: ["+@all", "-@write"] },
          { name: "writer", password: "before-1t", commands: ["+@all"] },
        ],
      });
    });

    it.each([
      ["an unknown account", { AccountName: "other" }, "InvalidParameter.PermissionDenied"],
      ["password-free mode", { NoAuth: true }, "FailedOperation.UnSupportError"],
      ["an empty password", { AccountPassword: "" }, "InvalidParameterValue.PasswordEmpty"],
      ["a short password", { AccountPassword: "zy4569" }, "InvalidParameterValue.PasswordRuleError"],
      ["an encrypted password", { EncryptPassword: true }, "FailedOperation.UnSupportError"],
      ["an empty privilege", { Privilege: "" }, "InvalidParameterValue"],
      ["an unknown privilege", { Privilege: "RW" }, "InvalidParameterValue"],
      ["an empty policy", { ReadonlyPolicy: [] }, "InvalidParameterValue"],
      ["a partly unknown policy", { ReadonlyPolicy: ["master", "slave"] }, "InvalidParameterValue"],
    ])("refuses %s, and starts no task", async (_, parameters, expected) => {
      const port = await start({ accounts: ["reader"] });
      expect(await modify(port, { ...reader, ...parameters })).toMatchObject(code(expected));
      expect(await call(port, { action: "DescribeTaskList" })).toMatchObject({ TotalCount: 0 });
    });

    it("has the same faults as for root", async () => {
      const port = await start({ accounts: ["reader"], faults: ["ModifyInstanceAccount=task-fail:Busy.*1"] });
      const { TaskId } = await modify(port, { ...reader, AccountPassword: "zy456987" });
      await settled();
      const task = await call(port, { action: "DescribeTaskInfo", parameters: { TaskId } });
      expect(task).toMatchObject({ Status: "failed", TaskMessage: "Busy.", TaskType: "FLOW_MODIFYINSTANCEACCOUNT" });
      expect(logins.get(instanceId)).toBeUndefined();
    });
  });
});
