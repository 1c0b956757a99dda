import { passwords, settled, start, stopAll } from "../support/cloud";
import { type Answer, call } from "../support/exchange";
import { documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const serviceTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
const code = (Code: string) => ({ Error: { Code } });

describe("ResetPassword", () => {
  it.each([
    ["a password", { Password: "zy456987" }, "zy456987", "FLOW_SETPWD"],
    ["a password that is not encrypted", { Password: "zy456987", EncryptPassword: false }, "zy456987", "FLOW_SETPWD"],
    ["no authentication", { NoAuth: true }, "", "FLOW_MODIFYINSTANCEPASSWORDFREE"],
    ["no authentication, in spite of a password", { NoAuth: true, Password: "zy456987" }, "", /PASSWORDFREE$/],
  ])("sets %s", async (_, parameters, password, type) => {
    const port = await start();
    const { TaskId } = await call(port, { ...reset, parameters: { InstanceId: instanceId, ...parameters } });
    await settled();
    expect(passwords).toEqual(new Map([[instanceId, password]]));
    const task = await call(port, { action: "DescribeTaskInfo", parameters: { TaskId } });
    expect(task).toEqual({
      Status: "succeed",
      StartTime: serviceTime,
      TaskType: expect.stringMatching(type) as string,
      InstanceId: instanceId,
      TaskMessage: "",
      RequestId: expect.any(String) as string,
    });
  });

  it("refuses a password that is encrypted", async () => {
    const parameters = { ...documented, EncryptPassword: true };
    expect(await call(await start(), { ...reset, parameters })).toMatchObject(code("FailedOperation.UnSupportError"));
  });
});

it("DescribeTaskInfo refuses an unknown task with a code that it documents", async () => {
  const describing = { action: "DescribeTaskInfo", parameters: { TaskId: 1 } };
  expect(await call(await start(), describing)).toMatchObject(code("InvalidParameter.InvalidParameter"));
});

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

const page = { InstanceId: instanceId, Limit: 20, Offset: 0 };

describe("DescribeInstanceAccount", () => {
  const describing = (port: number, parameters: object = page) =>
    call(port, { action: "DescribeInstanceAccount", parameters });

  it("tells of root, and when its password was set", async () => {
    const port = await start();
    const root = {
      InstanceId: instanceId,
      AccountName: "root",
      Remark: "default",
      Privilege: "rw",
      ReadonlyPolicy: ["master"],
      Status: 2,
      // 2026-01-02T03:04:05Z, in China.
      CreateTime: "2026-01-02 11:04:05",
      PasswordLastModifiedTime: "2026-01-02 11:04:05",
    };
    expect(await describing(port)).toMatchObject({ TotalCount: 1, Accounts: [root] });
    const before = inChina(Date.now());
    await call(port, reset);
    await settled();
    const { Accounts } = await describing(port);
    const [after] = Accounts as [typeof root];
    expect(after).toEqual({ ...root, PasswordLastModifiedTime: serviceTime });
    expect(after.PasswordLastModifiedTime >= before).toBe(true);
    expect(after.PasswordLastModifiedTime <= inChina(Date.now())).toBe(true);
  });

  it.each([
    [
      { ...page, Offset: 1 },
      { Accounts: [], TotalCount: 1 },
    ],
    [{ ...page, Limit: 0 }, code("InvalidParameterValue")],
    [{ ...page, Offset: -1 }, code("InvalidParameterValue")],
    [{ InstanceId: instanceId }, code("MissingParameter")],
    [{ ...page, InstanceId: "crs-1" }, code("ResourceNotFound.InstanceNotExists")],
  ])("%j", async (parameters, expected) => {
    expect(await describing(await start(), parameters)).toMatchObject(expected);
  });
});

/** What a clock on a wall in Shenzhen shows. */
const inChina = (time: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" }).format(time);

describe("DescribeTaskList", () => {
  const describing = (port: number, parameters: object) => call(port, { action: "DescribeTaskList", parameters });
  const ids = ({ Tasks }: Answer): unknown[] => (Tasks as { TaskId: number }[]).map(({ TaskId }) => TaskId);

  /** Three tasks: 16657 to 16659. */
  async function withTasks(): Promise<number> {
    const port = await start();
    await call(port, reset);
    await call(port, { ...reset, parameters: { InstanceId: "crs-second", NoAuth: true } });
    const parameters = { InstanceId: "crs-second", AccountName: "root", Remark: "by hand" };
    await call(port, { action: "ModifyInstanceAccount", parameters });
    await settled();
    return port;
  }

  it("tells all of a task", async () => {
    const { Tasks, TotalCount } = await describing(await withTasks(), { InstanceId: instanceId });
    expect(TotalCount).toBe(1);
    expect(Tasks).toEqual([
      {
        TaskId: 16657,
        StartTime: serviceTime,
        TaskType: "007",
        InstanceName: instanceId,
        InstanceId: instanceId,
        ProjectId: 0,
        Progress: 1,
        EndTime: serviceTime,
        Result: 2,
      },
    ]);
  });

  it("tells of a task that runs", async () => {
    const port = await start({ taskSeconds: 60 });
    await call(port, reset);
    expect((await describing(port, {})).Tasks).toMatchObject([{ Result: 0, Progress: 0, EndTime: "" }]);
  });

  const hour = 3_600_000;

  it.each<[object, number[]]>([
    [{}, [16659, 16658, 16657]],
    [{ InstanceId: "crs-second" }, [16659, 16658]],
    [{ InstanceName: "crs-second" }, [16659, 16658]],
    [{ InstanceId: "crs-1" }, []],
    [{ TaskTypes: [] }, [16659, 16658, 16657]],
    [{ TaskTypes: ["007", "035"] }, [16658, 16657]],
    [{ TaskTypes: ["FLOW_SETPWD"] }, [16657]],
    [{ Result: [2] }, [16659, 16658, 16657]],
    [{ Result: [0, 1, 4] }, []],
    [{ OperateUin: ["100000000001"] }, [16659, 16658, 16657]],
    [{ OperateUin: ["1"] }, []],
    [{ ProjectIds: [7], TaskStatus: [7], OperatorUin: [7] }, [16659, 16658, 16657]],
    [{ BeginTime: inChina(Date.now() - hour), EndTime: inChina(Date.now() + hour) }, [16659, 16658, 16657]],
    [{ BeginTime: inChina(Date.now() + hour) }, []],
    [{ EndTime: inChina(Date.now() - hour) }, []],
    [{ Limit: 2 }, [16659, 16658]],
    [{ Limit: 2, Offset: 2 }, [16657]],
    [{ Limit: 1000 }, [16659, 16658, 16657]],
  ])("%j", async (parameters, expected) => {
    expect(ids(await describing(await withTasks(), parameters))).toEqual(expected);
  });

  it.each([
    [{ BeginTime: "yesterday" }, "InvalidParameter.Period"],
    [{ EndTime: "2026-13-01 00:00:00" }, "InvalidParameter.Period"],
    [{ Limit: 0 }, "InvalidParameterValue"],
  ])("refuses %j", async (parameters, expected) => {
    expect(await describing(await start(), parameters)).toMatchObject(code(expected));
  });

  it("a page is 20 tasks, and never more than 100", async () => {
    const port = await start();
    for (let count = 0; count < 101; count++) await call(port, reset);
    expect(ids(await describing(port, {}))).toHaveLength(20);
    expect(ids(await describing(port, { Limit: 101 }))).toHaveLength(100);
  });
});

describe("DescribeInstances", () => {
  const describing = (port: number, parameters: object) => call(port, { action: "DescribeInstances", parameters });

  it("tells what an instance is", async () => {
    const port = await start();
    const { InstanceSet } = await describing(port, { InstanceId: instanceId });
    const [instance] = InstanceSet as [object];
    // As many fields as the vendor documents.
    expect(Object.keys(instance)).toHaveLength(61);
    expect(instance).toMatchObject({
      InstanceId: instanceId,
      Region: "ap-guangzhou",
      RegionId: 1,
      Status: 2,
      WanIp: "127.0.0.1",
      Port: 6379,
      Createtime: "2026-01-02 11:04:05",
      NoAuth: false,
    });
    await call(port, { ...reset, parameters: { InstanceId: instanceId, NoAuth: true } });
    await settled();
    expect(await describing(port, { InstanceId: instanceId })).toMatchObject({ InstanceSet: [{ NoAuth: true }] });
  });

  it.each<[object, string[]]>([
    [{}, ["crs-5a4py64p", "crs-second"]],
    [{ Limit: 1, Offset: 1 }, ["crs-second"]],
    [{ InstanceIds: ["crs-second", "crs-1"] }, ["crs-second"]],
    [{ InstanceName: "crs-second" }, ["crs-second"]],
    [{ SearchKey: "second" }, ["crs-second"]],
    [{ SearchKeys: ["second", "crs-1"] }, ["crs-second"]],
    [{ SearchKeys: ["127.0.0.1"] }, ["crs-5a4py64p", "crs-second"]],
    [{ Status: [2] }, ["crs-5a4py64p", "crs-second"]],
    [{ Status: [-2] }, []],
    [{ OrderBy: "createtime", OrderType: 0, AzMode: "singleaz" }, ["crs-5a4py64p", "crs-second"]],
    [{ InstanceTags: [{ TagKey: "a", TagValue: "b" }] }, ["crs-5a4py64p", "crs-second"]],
  ])("%j", async (parameters, expected) => {
    const { InstanceSet } = await describing(await start(), parameters);
    expect((InstanceSet as { InstanceId: string }[]).map(({ InstanceId }) => InstanceId)).toEqual(expected);
  });

  it.each([{ TagKey: "a" }, { TagValue: "b" }])("refuses half a tag: %j", async (tag) => {
    expect(await describing(await start(), { InstanceTags: [tag] })).toMatchObject(code("MissingParameter"));
  });
});
