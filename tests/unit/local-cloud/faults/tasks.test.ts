import { clearFaults } from "../../../../local-cloud/faults/clearFaults";
import { passwords, records, settled, start, startCloud, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { VirtualTime } from "../../../../tools/virtualTime";
import { type Call, documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const modify: Call = {
  action: "ModifyInstanceAccount",
  parameters: { InstanceId: instanceId, AccountName: "root", AccountPassword: "zy456987" },
};
const switchOff: Call = { action: "ResetPassword", parameters: { InstanceId: instanceId, NoAuth: true } };
const taskInfo = (TaskId = 16657): Call => ({ action: "DescribeTaskInfo", parameters: { TaskId } });
const sendForCode = async (port: number, request: Call) => (await call(port, request)).Error?.Code;
const taskListed = async (port: number) => ((await call(port, { action: "DescribeTaskList" })).Tasks as unknown[])[0];

describe("tasks", () => {
  it.each([
    ["task-fail:the kernel * is = busy:", "failed", "the kernel * is = busy:"],
    ["task-error", "error", ""],
  ])("with the fault %s end without changing the password", async (kind, Status, TaskMessage) => {
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

  it("with the fault task-forgotten are accepted, do nothing, and are unknown to all actions", async () => {
    const port = await start({ faults: ["ResetPassword=task-forgotten*1"] });
    expect(await call(port, reset)).toMatchObject({ TaskId: 16657 });
    await settled();
    expect(passwords.size).toBe(0);
    expect(await sendForCode(port, taskInfo(16657))).toBe("InvalidParameter.InvalidParameter");
    expect(await call(port, { action: "DescribeTaskList" })).toMatchObject({ TotalCount: 0, Tasks: [] });
    expect(records[0]).toMatchObject({ taskId: 16657, code: null, fault: "task-forgotten" });
    // The ids of other tasks are not affected.
    expect(await call(port, reset)).toMatchObject({ TaskId: 16658 });
    await settled();
    expect(passwords.get(instanceId)).toBe("zy456987");
  });

  it.each([
    ["0", { TaskId: 0 }],
    ["-1", { TaskId: -1 }],
    ["99999", { TaskId: 99_999 }],
    ["none", {}],
  ])(
    "with the fault task-id:%s have this id in the response to a reset that ends password-free mode",
    async (id, answered) => {
      const port = await start({ faults: [`ResetPassword=task-id:${id}`] });
      expect(await call(port, reset)).toMatchObject({ TaskId: 16657 });
      expect(await call(port, switchOff)).toMatchObject({ TaskId: 16658 });
      await settled();
      const { RequestId, ...answer } = await call(port, reset);
      expect(answer).toEqual(answered);
      expect(records.at(-1)).toMatchObject({ requestId: RequestId, taskId: 16659, fault: "task-id" });
      // The task itself is not affected.
      await settled();
      expect(passwords.get(instanceId)).toBe("zy456987");
      expect(await call(port, taskInfo(16659))).toMatchObject({ Status: "succeed", TaskType: "FLOW_SETPWD" });
      expect(await call(port, reset)).toMatchObject({ TaskId: 16660 });
    },
  );

  it("with the fault task-slow take the given time", async () => {
    const time = new VirtualTime(new Date());
    const port = await start({ faults: ["ResetPassword=task-slow:60"], clock: time.forCloud });
    await call(port, reset);
    await time.pass(59_999);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "running" });
    expect(passwords.size).toBe(0);
    await time.pass(1);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    expect(passwords.get(instanceId)).toBe("zy456987");
  });

  it("with the fault task-stuck run until the faults are cleared, and then set the password", async () => {
    const time = new VirtualTime(new Date());
    const { port, cloud } = await startCloud({ faults: ["ResetPassword=task-stuck"], clock: time.forCloud });
    await call(port, reset);
    await time.pass(100_000);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "running", TaskMessage: "" });
    expect(await taskListed(port)).toMatchObject({ Result: 1, Progress: 0, EndTime: "" });
    expect(passwords.size).toBe(0);
    clearFaults(cloud);
    await time.pass(0);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
    expect(passwords.get(instanceId)).toBe("zy456987");
    await call(port, reset);
    await time.pass(0);
    expect(await call(port, taskInfo(16658))).toMatchObject({ Status: "succeed" });
  });

  it("with the fault task-stuck still take their usual time if the faults are cleared early", async () => {
    const time = new VirtualTime(new Date());
    const { port, cloud } = await startCloud({
      faults: ["ResetPassword=task-stuck"],
      taskSeconds: 60,
      clock: time.forCloud,
    });
    await call(port, reset);
    clearFaults(cloud);
    await time.pass(59_999);
    expect(passwords.size).toBe(0);
    await time.pass(1);
    expect(await call(port, taskInfo())).toMatchObject({ Status: "succeed" });
  });
});
