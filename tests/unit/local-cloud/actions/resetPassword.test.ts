import { passwords, settled, start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
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
    ["no authentication, even with a password", { NoAuth: true, Password: "zy456987" }, "", /PASSWORDFREE$/],
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

  it("refuses an encrypted password", async () => {
    const parameters = { ...documented, EncryptPassword: true };
    expect(await call(await start(), { ...reset, parameters })).toMatchObject(code("FailedOperation.UnSupportError"));
  });
});
