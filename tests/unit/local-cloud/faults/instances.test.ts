import { clearFaults } from "../../../../local-cloud/faults/clearFaults";
import { passwords, records, start, startCloud, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { VirtualTime } from "../../../../tools/virtualTime";
import { type Call, documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const modify: Call = {
  action: "ModifyInstanceAccount",
  parameters: { InstanceId: instanceId, AccountName: "root", AccountPassword: "zy456987" },
};
const describing: Call = { action: "DescribeInstances", parameters: { InstanceId: instanceId } };
const account: Call = {
  action: "DescribeInstanceAccount",
  parameters: { InstanceId: instanceId, Limit: 20, Offset: 0 },
};
const sendForCode = async (port: number, request: Call) => (await call(port, request)).Error?.Code;

describe("instances", () => {
  const sendForStatus = async (port: number) =>
    ((await call(port, describing)).InstanceSet as { Status: number }[]).map(({ Status }) => Status);

  const abnormal = "ResourceUnavailable.InstanceStatusAbnormal";
  const statusError = "ResourceUnavailable.InstanceStatusError";
  const notExists = "ResourceNotFound.InstanceNotExists";

  it.each([
    ["locked:60", abnormal, statusError, [1], undefined],
    ["isolated", abnormal, statusError, [-2], undefined],
    ["deleted", abnormal, statusError, [-3], undefined],
    ["gone", notExists, notExists, [], notExists],
  ])("with the fault %s are refused with the documented code of each action", async (...row) => {
    const [kind, codeOfReset, codeOfModify, statuses, codeOfAccount] = row;
    for (const first of [reset, modify, describing, account]) {
      const { port, cloud } = await startCloud({ faults: [`${first.action}=${kind}*1`] });
      const expected = new Map<Call, string | undefined>([
        [reset, codeOfReset],
        [modify, codeOfModify],
        [account, codeOfAccount],
        [describing, undefined],
      ]);
      // The fault applies from this request on, including the request itself.
      expect(await sendForCode(port, first)).toBe(expected.get(first));
      for (const [request, other] of expected) expect(await sendForCode(port, request)).toBe(other);
      expect(await sendForStatus(port)).toEqual(statuses);
      const byStatus = { action: "DescribeInstances", parameters: { Status: [2] } };
      expect(await call(port, byStatus)).toMatchObject({ TotalCount: 1, InstanceSet: [{ InstanceId: "crs-second" }] });
      expect(await call(port, { action: "DescribeInstances" })).toMatchObject({ TotalCount: 1 + statuses.length });
      expect(records[0]).toMatchObject({ action: first.action, fault: kind.split(":")[0] });
      expect(passwords.size).toBe(0);

      clearFaults(cloud);
      expect(await sendForStatus(port)).toEqual([2]);
      for (const request of expected.keys()) expect(await sendForCode(port, request)).toBeUndefined();
      stopAll();
    }
  });

  it("are locked by the fault locked only for the given time, and once each", async () => {
    const time = new VirtualTime(new Date());
    const port = await start({ faults: ["ResetPassword=locked:60"], clock: time.forCloud });
    const second = { ...reset, parameters: { ...documented, InstanceId: "crs-second" } };
    expect(await sendForCode(port, reset)).toBe(abnormal);
    await time.pass(59_999);
    // Another attempt does not extend the time.
    expect(await sendForCode(port, reset)).toBe(abnormal);
    await time.pass(1);
    expect(await sendForCode(port, reset)).toBeUndefined();
    expect(await sendForStatus(port)).toEqual([2]);
    expect(await sendForCode(port, second)).toBe(abnormal);
    expect(await sendForCode(port, reset)).toBeUndefined();
  });

  it("another fault locks an instance again, and so does the same one after it was cleared", async () => {
    const { port, cloud } = await startCloud({ faults: ["ResetPassword=locked:0*1", "ResetPassword=locked:60*1"] });
    expect(await sendForCode(port, reset)).toBeUndefined();
    expect(await sendForCode(port, reset)).toBe(abnormal);
    clearFaults(cloud);
    cloud.faults.add("ResetPassword=locked:60");
    expect(await sendForCode(port, reset)).toBe(abnormal);
  });

  it("a request that names no instance of its region changes none", async () => {
    const port = await start({ faults: ["DescribeInstances=gone*1", "ResetPassword=gone*2"] });
    expect(await call(port, { action: "DescribeInstances" })).toMatchObject({ TotalCount: 2 });
    const unknown = { ...reset, parameters: { ...documented, InstanceId: "crs-1" } };
    const elsewhere = { ...reset, region: "ap-shanghai" };
    for (const request of [unknown, elsewhere]) {
      expect(await sendForCode(port, request)).toBe("ResourceNotFound.InstanceNotExists");
    }
    expect((await call(port, reset)).Error).toBeUndefined();
  });
});
