import { passwords, records, settled, start, stopAll, until } from "../support/cloud";
import { call, outcome } from "../support/exchange";
import { permanent } from "../support/keys";
import { VirtualTime } from "../../../../tools/virtualTime";
import { type Call, documented, json, older, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const describing: Call = { action: "DescribeInstances", parameters: { InstanceId: instanceId } };
const assume: Call = {
  action: "AssumeRole",
  parameters: { RoleArn: "qcs::cam::uin/1:roleName/ci", RoleSessionName: "unit" },
};
const taskInfo = (TaskId = 16657): Call => ({ action: "DescribeTaskInfo", parameters: { TaskId } });
const sendForCode = async (port: number, request: Call) => (await call(port, request)).Error?.Code;

describe("requests", () => {
  const jsonAnswer = "200 application/json";
  const gateway = /^502 text\/html <html>\r\n<head><title>502 Bad Gateway<\/title><\/head>[^]*<\/html>\r\n$/;
  const own = (code: string) =>
    new RegExp(`^${jsonAnswer} {"Response":{"Error":{"Code":"${code}","Message":"[^"]+"},"RequestId":"[^"]{36}"}}$`);

  it.each([
    ["drop-response", /^ECONNRESET$/, { done: true, code: null }],
    ["refuse", /^ECONNRESET$/, { done: false, code: null }],
    ["delay:0.05", new RegExp(`^${jsonAnswer} {"Response":{"TaskId":16657,`), { done: true, code: null }],
    ["error:InternalError.Db", own("InternalError.Db"), { done: false, code: "InternalError.Db" }],
    ["http:502", gateway, { done: false, code: "502" }],
    ["garbage", new RegExp(`^${jsonAnswer} {"Response":{"TaskId":1665[^}]*$`), { done: true, code: null }],
  ])("have the documented outcome of the fault %s", async (kind, answer, { done, code }) => {
    const port = await start({ faults: [`ResetPassword=${kind}*1`] });
    expect(await outcome(port, json(port, reset))).toMatch(answer);
    await settled();
    expect(passwords.get(instanceId)).toBe(done ? "zy456987" : undefined);
    const taskId = done ? 16657 : null;
    expect(records).toMatchObject([{ action: "ResetPassword", code, taskId, fault: kind.split(":")[0] }]);
    expect(JSON.stringify(records)).not.toContain("zy456987");
    // The fault was used up by that request, and has no further effect.
    expect(await call(port, reset)).toMatchObject({ TaskId: done ? 16658 : 16657 });
    expect(records[1]).toMatchObject({ code: null, fault: null });
  });

  it("are matched by their action, in every format", async () => {
    const port = await start({ faults: ["ResetPassword=drop-response*1", "AssumeRole=error:InternalError"] });
    expect((await call(port, describing)).Error).toBeUndefined();
    expect(await outcome(port, older(port, "GET", documented))).toBe("ECONNRESET");
    expect(await sendForCode(port, assume)).toBe("InternalError");
    expect(records.map(({ fault }) => fault)).toEqual([null, "drop-response", "error"]);
  });

  it("get their responses in time while others are delayed", async () => {
    const time = new VirtualTime(new Date());
    const port = await start({ faults: ["ResetPassword=delay:3*1"], clock: time.forCloud });
    const answered: string[] = [];
    const late = call(port, reset).then(() => answered.push("late"));
    await until(() => records.length > 0);
    await time.pass(2999);
    expect(passwords.get(instanceId)).toBe("zy456987");
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    answered.push("in time");
    await time.pass(1);
    await late;
    expect(answered).toEqual(["in time", "late"]);
  });

  it("get Chinese messages on request", async () => {
    const port = await start({ faults: ["ResetPassword=error:ResourceUnavailable.InstanceLockedError"] });
    const { Error } = await call(port, { ...reset, headers: { "X-TC-Language": "zh-CN" } });
    expect(Error?.Message).toBe("资源不可用（ResourceUnavailable.InstanceLockedError）");
  });

  it.each(["refuse", "http:503"])("get the fault %s without a valid signature, and use no quota", async (kind) => {
    const port = await start({ faults: [`ResetPassword=${kind}*2`], cloud: { requestsPerSecond: 1 } });
    const wrong = { ...permanent, secretKey: "other" };
    expect(await outcome(port, json(port, { ...reset, key: wrong }))).toMatch(/^ECONNRESET$|^503 /);
    expect(await outcome(port, json(port, reset))).toMatch(/^ECONNRESET$|^503 /);
    expect((await call(port, reset)).Error).toBeUndefined();
  });

  it.each(["drop-response", "delay:0", "error:InternalError", "garbage", "task-stuck", "deleted"])(
    "get the fault %s only if they may be carried out",
    async (kind) => {
      const port = await start({ faults: [`ResetPassword=${kind}*1`], cloud: { requestsPerSecond: 1 } });
      const wrong = { ...permanent, secretKey: "other" };
      expect(await sendForCode(port, { ...reset, key: wrong })).toBe("AuthFailure.SignatureFailure");
      expect(await sendForCode(port, { ...reset, region: "ap-tokyo" })).toBe("UnsupportedRegion");
      await outcome(port, json(port, reset));
      expect(await sendForCode(port, reset)).toBe("RequestLimitExceeded");
      expect(records.map(({ fault }) => fault)).toEqual([null, null, kind.split(":")[0], null]);
    },
  );

  it("that are refused for another reason have the fault, too", async () => {
    const port = await start({ faults: ["ResetPassword=drop-response*1"] });
    expect(await outcome(port, json(port, { ...reset, parameters: { InstanceId: instanceId } }))).toBe("ECONNRESET");
    expect(records).toMatchObject([
      { code: "InvalidParameterValue.PasswordEmpty", taskId: null, fault: "drop-response" },
    ]);
  });
});
