import { clearFaults } from "../../../../local-cloud/faults/clearFaults";
import { Faults } from "../../../../local-cloud/faults/faults";
import { start, startCloud, stopAll } from "../support/cloud";
import { call, outcome } from "../support/exchange";
import { type Call, documented, json, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const describing: Call = { action: "DescribeInstances", parameters: { InstanceId: instanceId } };
const sendForCode = async (port: number, request: Call) => (await call(port, request)).Error?.Code;

describe("the faults of one action", () => {
  it("apply in their order, one per request, until all are used up", async () => {
    const faults = new Faults(["ResetPassword=error:A*2", "DescribeInstances=error:B*1", "ResetPassword=http:500*1"]);
    const port = await start({ cloud: { faults } });
    faults.add("ResetPassword=error:C");
    faults.add("ResetPassword=error:Never");
    for (const code of ["A", "A"]) expect(await sendForCode(port, reset)).toBe(code);
    expect(await outcome(port, json(port, reset))).toMatch(/^500 /);
    for (const code of ["C", "C", "C"]) expect(await sendForCode(port, reset)).toBe(code);
    expect(await sendForCode(port, describing)).toBe("B");
    expect(await sendForCode(port, describing)).toBeUndefined();
  });

  it("are added only if all are valid", () => {
    const faults = new Faults();
    expect(() => faults.add("ResetPassword=explode")).toThrow(/^a fault's KIND must be one of /);
    expect(() => new Faults(["ResetPassword"])).toThrow("a fault must be ACTION=KIND or ACTION=KIND*N");
    expect(faults.take("ResetPassword", "when admitted")).toBeUndefined();
  });
});

it("cleared faults no longer apply, even if some were left", async () => {
  const { port, cloud } = await startCloud({ faults: ["ResetPassword=refuse", "DescribeInstances=error:A*5"] });
  expect(await sendForCode(port, describing)).toBe("A");
  clearFaults(cloud);
  expect(await sendForCode(port, describing)).toBeUndefined();
  expect(await sendForCode(port, reset)).toBeUndefined();
});
