import { clearFaults } from "../../../../local-cloud/faults/clearFaults";
import { Faults } from "../../../../local-cloud/faults/faults";
import { passwords, records, settled, start, startCloud, stopAll, until } from "../support/cloud";
import { call, exchange } from "../support/exchange";
import { permanent } from "../support/keys";
import { ManualClock } from "../support/manualClock";
import { type Call, type Sent, documented, json, older, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const modify: Call = {
  action: "ModifyInstanceAccount",
  parameters: { InstanceId: instanceId, AccountName: "root", AccountPassword: "zy456987" },
};
const switchOff: Call = { action: "ResetPassword", parameters: { InstanceId: instanceId, NoAuth: true } };
const describing: Call = { action: "DescribeInstances", parameters: { InstanceId: instanceId } };
const account: Call = {
  action: "DescribeInstanceAccount",
  parameters: { InstanceId: instanceId, Limit: 20, Offset: 0 },
};
const assume: Call = {
  action: "AssumeRole",
  parameters: { RoleArn: "qcs::cam::uin/1:roleName/ci", RoleSessionName: "unit" },
};
const taskInfo = (TaskId = 16657): Call => ({ action: "DescribeTaskInfo", parameters: { TaskId } });
const codeOf = async (port: number, request: Call) => (await call(port, request)).Error?.Code;
const taskListed = async (port: number) => ((await call(port, { action: "DescribeTaskList" })).Tasks as unknown[])[0];

/** What a client gets: an answer, or none at all. */
async function outcome(port: number, sent: Sent): Promise<string> {
  try {
    const { status, headers, body } = await exchange(port, sent);
    return `${status} ${String(headers["content-type"])} ${body}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "failed";
  }
}

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
  ])("%s", async (kind, answer, { done, code }) => {
    const port = await start({ faults: [`ResetPassword=${kind}*1`] });
    expect(await outcome(port, json(port, reset))).toMatch(answer);
    await settled();
    expect(passwords.get(instanceId)).toBe(done ? "zy456987" : undefined);
    const taskId = done ? 16657 : null;
    expect(records).toMatchObject([{ action: "ResetPassword", code, taskId, fault: kind.split(":")[0] }]);
    expect(JSON.stringify(records)).not.toContain("zy456987");
    // That was the one request; nothing of it is left.
    expect(await call(port, reset)).toMatchObject({ TaskId: done ? 16658 : 16657 });
    expect(records[1]).toMatchObject({ code: null, fault: null });
  });

  it("are known by their action, however they come", async () => {
    const port = await start({ faults: ["ResetPassword=drop-response*1", "AssumeRole=error:InternalError"] });
    expect((await call(port, describing)).Error).toBeUndefined();
    expect(await outcome(port, older(port, "GET", documented))).toBe("ECONNRESET");
    expect(await codeOf(port, assume)).toBe("InternalError");
    expect(records.map(({ fault }) => fault)).toEqual([null, "drop-response", "error"]);
  });

  it("are answered in time where others are late", async () => {
    const clock = new ManualClock(new Date());
    const port = await start({ faults: ["ResetPassword=delay:3*1"], clock });
    const answered: string[] = [];
    const late = call(port, reset).then(() => answered.push("late"));
    await until(() => records.length > 0);
    await clock.advance(2999);
    expect(passwords.get(instanceId)).toBe("zy456987");
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    answered.push("in time");
    await clock.advance(1);
    await late;
    expect(answered).toEqual(["in time", "late"]);
  });

  it("are answered in Chinese to those who ask for it", async () => {
    const port = await start({ faults: ["ResetPassword=error:ResourceUnavailable.InstanceLockedError"] });
    const { Error } = await call(port, { ...reset, headers: { "X-TC-Language": "zh-CN" } });
    expect(Error?.Message).toBe("资源不可用（ResourceUnavailable.InstanceLockedError）");
  });

  it.each(["refuse", "http:503"])("%s asks for no signature, and takes nothing of the quota", async (kind) => {
    const port = await start({ faults: [`ResetPassword=${kind}*2`], cloud: { requestsPerSecond: 1 } });
    const wrong = { ...permanent, secretKey: "other" };
    expect(await outcome(port, json(port, { ...reset, key: wrong }))).toMatch(/^ECONNRESET$|^503 /);
    expect(await outcome(port, json(port, reset))).toMatch(/^ECONNRESET$|^503 /);
    expect((await call(port, reset)).Error).toBeUndefined();
  });

  it.each(["drop-response", "delay:0", "error:InternalError", "garbage", "task-stuck", "deleted"])(
    "%s is for requests that may be carried out: no other one takes it",
    async (kind) => {
      const port = await start({ faults: [`ResetPassword=${kind}*1`], cloud: { requestsPerSecond: 1 } });
      const wrong = { ...permanent, secretKey: "other" };
      expect(await codeOf(port, { ...reset, key: wrong })).toBe("AuthFailure.SignatureFailure");
      expect(await codeOf(port, { ...reset, region: "ap-tokyo" })).toBe("UnsupportedRegion");
      await outcome(port, json(port, reset));
      expect(await codeOf(port, reset)).toBe("RequestLimitExceeded");
      expect(records.map(({ fault }) => fault)).toEqual([null, null, kind.split(":")[0], null]);
    },
  );

  it("that are refused for a reason of their own have a fault all the same", async () => {
    const port = await start({ faults: ["ResetPassword=drop-response*1"] });
    expect(await outcome(port, json(port, { ...reset, parameters: { InstanceId: instanceId } }))).toBe("ECONNRESET");
    expect(records).toMatchObject([
      { code: "InvalidParameterValue.PasswordEmpty", taskId: null, fault: "drop-response" },
    ]);
  });
});

describe("the faults of one action", () => {
  it("apply in their order, one for each request, until nothing is left of them", async () => {
    const faults = new Faults(["ResetPassword=error:A*2", "DescribeInstances=error:B*1", "ResetPassword=http:500*1"]);
    const port = await start({ cloud: { faults } });
    faults.add("ResetPassword=error:C");
    faults.add("ResetPassword=error:Never");
    for (const code of ["A", "A"]) expect(await codeOf(port, reset)).toBe(code);
    expect(await outcome(port, json(port, reset))).toMatch(/^500 /);
    for (const code of ["C", "C", "C"]) expect(await codeOf(port, reset)).toBe(code);
    expect(await codeOf(port, describing)).toBe("B");
    expect(await codeOf(port, describing)).toBeUndefined();
  });

  it("are added only when they are right", () => {
    const faults = new Faults();
    expect(() => faults.add("ResetPassword=explode")).toThrow(/^a fault's KIND must be one of /);
    expect(() => new Faults(["ResetPassword"])).toThrow("a fault must be ACTION=KIND or ACTION=KIND*N");
    expect(faults.take("ResetPassword", "when admitted")).toBeUndefined();
  });
});

describe("tasks", () => {
  it.each([
    ["task-fail:the kernel * is = busy:", "failed", "the kernel * is = busy:"],
    ["task-error", "error", ""],
  ])("%s: ends without its work", async (kind, Status, TaskMessage) => {
    for (const request of [reset, switchOff, modify]) {
      const port = await start({ faults: [`${request.action}=${kind}*1`] });
      await call(port, request);
      await settled();
      expect(await call(port, taskInfo())).toMatchObject({ Status, TaskMessage });
      expect(await taskListed(port)).toMatchObject({ Result: 4, Progress: 1 });
      expect(passwords.size).toBe(0);
      await call(port, request);
      await settled();
      expect(passwords.size).toBe(1);
      expect(records[0]).toMatchObject({ taskId: 16657, fault: kind.split(":")[0] });
      stopAll();
    }
  });

  it("task-forgotten: is accepted, does nothing, and is known to nobody", async () => {
    const port = await start({ faults: ["ResetPassword=task-forgotten*1"] });
    expect(await call(port, reset)).toMatchObject({ TaskId: 16657 });
    await settled();
    expect(passwords.size).toBe(0);
    expect(await codeOf(port, taskInfo(16657))).toBe("InvalidParameter.InvalidParameter");
    expect(await call(port, { action: "DescribeTaskList" })).toMatchObject({ TotalCount: 0, Tasks: [] });
    expect(records[0]).toMatchObject({ taskId: 16657, code: null, fault: "task-forgotten" });
    // The ids of others are as they would be.
    expect(await call(port, reset)).toMatchObject({ TaskId: 16658 });
    await settled();
    expect(passwords.get(instanceId)).toBe("zy456987");
  });

  it.each([
    ["0", { TaskId: 0 }],
    ["-1", { TaskId: -1 }],
    ["99999", { TaskId: 99_999 }],
    ["none", {}],
  ])("task-id:%s: stands in the answer of a reset that leaves password-free mode", async (id, answered) => {
    const port = await start({ faults: [`ResetPassword=task-id:${id}`] });
    expect(await call(port, reset)).toMatchObject({ TaskId: 16657 });
    expect(await call(port, switchOff)).toMatchObject({ TaskId: 16658 });
    await settled();
    const { RequestId, ...answer } = await call(port, reset);
    expect(answer).toEqual(answered);
    expect(records.at(-1)).toMatchObject({ requestId: RequestId, taskId: 16659, fault: "task-id" });
    // The task itself is as any other.
    await settled();
    expect(passwords.get(instanceId)).toBe("zy456987");
    expect(await call(port, taskInfo(16659))).toMatchObject({ Status: "succeed", TaskType: "FLOW_SETPWD" });
    expect(await call(port, reset)).toMatchObject({ TaskId: 16660 });
  });

  it("task-slow: takes its own time", async () => {
    const clock = new ManualClock(new Date());
    const port = await start({ faults: ["ResetPassword=task-slow:60"], clock });
    await call(port, reset);
    await clock.advance(59_999);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "running" });
    expect(passwords.size).toBe(0);
    await clock.advance(1);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    expect(passwords.get(instanceId)).toBe("zy456987");
  });

  it("task-stuck: runs until the faults are cleared, and does its work then", async () => {
    const clock = new ManualClock(new Date());
    const { port, cloud } = await startCloud({ faults: ["ResetPassword=task-stuck"], clock });
    await call(port, reset);
    await clock.advance(100_000);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "running", TaskMessage: "" });
    expect(await taskListed(port)).toMatchObject({ Result: 1, Progress: 0, EndTime: "" });
    expect(passwords.size).toBe(0);
    clearFaults(cloud);
    await clock.advance(0);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    expect(passwords.get(instanceId)).toBe("zy456987");
    await call(port, reset);
    await clock.advance(0);
    expect(await call(port, taskInfo(16658))).toMatchObject({ Status: "succeed" });
  });

  it("task-stuck: a task that is cleared before its time is over takes that time", async () => {
    const clock = new ManualClock(new Date());
    const { port, cloud } = await startCloud({ faults: ["ResetPassword=task-stuck"], taskSeconds: 60, clock });
    await call(port, reset);
    clearFaults(cloud);
    await clock.advance(59_999);
    expect(passwords.size).toBe(0);
    await clock.advance(1);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
  });
});

describe("instances", () => {
  const statusOf = async (port: number) =>
    ((await call(port, describing)).InstanceSet as { Status: number }[]).map(({ Status }) => Status);

  const abnormal = "ResourceUnavailable.InstanceStatusAbnormal";
  const statusError = "ResourceUnavailable.InstanceStatusError";
  const notExists = "ResourceNotFound.InstanceNotExists";

  it.each([
    ["locked:60", abnormal, statusError, [1], undefined],
    ["isolated", abnormal, statusError, [-2], undefined],
    ["deleted", abnormal, statusError, [-3], undefined],
    ["gone", notExists, notExists, [], notExists],
  ])("%s: are refused with the code that the action documents", async (...row) => {
    const [kind, codeOfReset, codeOfModify, statuses, codeOfAccount] = row;
    for (const first of [reset, modify, describing, account]) {
      const { port, cloud } = await startCloud({ faults: [`${first.action}=${kind}*1`] });
      const expected = new Map<Call, string | undefined>([
        [reset, codeOfReset],
        [modify, codeOfModify],
        [account, codeOfAccount],
        [describing, undefined],
      ]);
      // From this request on, with itself.
      expect(await codeOf(port, first)).toBe(expected.get(first));
      for (const [request, other] of expected) expect(await codeOf(port, request)).toBe(other);
      expect(await statusOf(port)).toEqual(statuses);
      const byStatus = { action: "DescribeInstances", parameters: { Status: [2] } };
      expect(await call(port, byStatus)).toMatchObject({ TotalCount: 1, InstanceSet: [{ InstanceId: "crs-second" }] });
      expect(await call(port, { action: "DescribeInstances" })).toMatchObject({ TotalCount: 1 + statuses.length });
      expect(records[0]).toMatchObject({ action: first.action, fault: kind.split(":")[0] });
      expect(passwords.size).toBe(0);

      clearFaults(cloud);
      expect(await statusOf(port)).toEqual([2]);
      for (const request of expected.keys()) expect(await codeOf(port, request)).toBeUndefined();
      stopAll();
    }
  });

  it("locked: for its time only, and each instance once", async () => {
    const clock = new ManualClock(new Date());
    const port = await start({ faults: ["ResetPassword=locked:60"], clock });
    const second = { ...reset, parameters: { ...documented, InstanceId: "crs-second" } };
    expect(await codeOf(port, reset)).toBe(abnormal);
    await clock.advance(59_999);
    // Trying again does not make it longer.
    expect(await codeOf(port, reset)).toBe(abnormal);
    await clock.advance(1);
    expect(await codeOf(port, reset)).toBeUndefined();
    expect(await statusOf(port)).toEqual([2]);
    expect(await codeOf(port, second)).toBe(abnormal);
    expect(await codeOf(port, reset)).toBeUndefined();
  });

  it("another fault locks an instance again, and so does the same one once it was cleared", async () => {
    const { port, cloud } = await startCloud({ faults: ["ResetPassword=locked:0*1", "ResetPassword=locked:60*1"] });
    expect(await codeOf(port, reset)).toBeUndefined();
    expect(await codeOf(port, reset)).toBe(abnormal);
    clearFaults(cloud);
    cloud.faults.add("ResetPassword=locked:60");
    expect(await codeOf(port, reset)).toBe(abnormal);
  });

  it("a request that names no instance of its region changes none", async () => {
    const port = await start({ faults: ["DescribeInstances=gone*1", "ResetPassword=gone*2"] });
    expect(await call(port, { action: "DescribeInstances" })).toMatchObject({ TotalCount: 2 });
    const unknown = { ...reset, parameters: { ...documented, InstanceId: "crs-1" } };
    const elsewhere = { ...reset, region: "ap-shanghai" };
    for (const request of [unknown, elsewhere]) {
      expect(await codeOf(port, request)).toBe("ResourceNotFound.InstanceNotExists");
    }
    expect((await call(port, reset)).Error).toBeUndefined();
  });
});

it("cleared faults are forgotten, whatever was left of them", async () => {
  const { port, cloud } = await startCloud({ faults: ["ResetPassword=refuse", "DescribeInstances=error:A*5"] });
  expect(await codeOf(port, describing)).toBe("A");
  clearFaults(cloud);
  expect(await codeOf(port, describing)).toBeUndefined();
  expect(await codeOf(port, reset)).toBeUndefined();
});
