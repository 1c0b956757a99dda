import { passwords, settled, start, stopAll } from "../support/cloud";
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
    ["nothing of the password", { Remark: "by hand", ReadonlyPolicy: ["replication"], Privilege: "rw" }, []],
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
    ["another account", { AccountName: "reader" }, "ResourceNotFound.AccountDoesNotExists"],
    ["another instance", { InstanceId: "crs-1" }, "ResourceNotFound.InstanceNotExists"],
    ["no account", { AccountName: undefined }, "MissingParameter"],
    ["a password of one kind", { AccountPassword: "zyzyzyzyzy" }, "InvalidParameterValue.PasswordRuleError"],
    ["an empty password", { AccountPassword: "" }, "InvalidParameterValue.PasswordEmpty"],
    ["a password that is encrypted", { EncryptPassword: true }, "FailedOperation.UnSupportError"],
    ["another privilege", { Privilege: "r" }, "InvalidParameterValue"],
    ["an unknown policy", { ReadonlyPolicy: ["slave"] }, "InvalidParameterValue"],
  ])("refuses %s", async (_, parameters, expected) => {
    expect(await modify(await start(), parameters)).toMatchObject(code(expected));
  });

  it("asks for a password where authentication is to be switched on again", async () => {
    const port = await start();
    await modify(port, { NoAuth: true });
    await settled();
    expect(await modify(port, { NoAuth: false })).toMatchObject(code("InvalidParameterValue.PasswordEmpty"));
  });
});
