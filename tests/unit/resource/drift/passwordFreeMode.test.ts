import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { InstanceStatus } from "../../../../provider/tencentcloud/redis/describeInstance";
import { type ServiceReport, compare, knowing, ourReset, oursWithEnd, usable } from "../../support/compare";

describe("password-free mode is drift", () => {
  it.each<[string, ServiceReport, InstanceStatus | undefined, string[]]>([
    ["if the instance was just read in this mode", {}, { ...usable, isPasswordFree: true }, []],
    [
      "if the instance is read now",
      { isPasswordFree: true },
      undefined,
      ["DescribeInstanceAccount", "DescribeTaskList", "DescribeInstances"],
    ],
    [
      "if a switch has ended since the instance was read",
      { isPasswordFree: true, switches: [[101, "12:00:06", "12:00:07"]] },
      usable,
      ["DescribeInstanceAccount", "DescribeTaskList", "DescribeInstances"],
    ],
  ])("%s", async (_, report, instance, asked) => {
    const comparison = await compare({ resets: [oursWithEnd], ...report }, knowing(100), { instance });
    expect(comparison).toMatchObject({ reason: "password-free mode is on", asked });
  });

  it.each<[string, ServiceReport]>([
    ["if the switch was known before", { switches: [[99, "11:00:00", "11:00:01"]] }],
    ["if it was switched off again", { isPasswordFree: false, switches: [[101, "12:00:06", "12:00:07"]] }],
  ])("but not %s", async (_, report) => {
    const { reason } = await compare({ resets: [oursWithEnd], isPasswordFree: true, ...report }, knowing(100));
    expect(reason).toBeUndefined();
  });

  it("and fails if the instance itself cannot be read", async () => {
    const lost = new TransportError("DescribeInstances", "lost", "timed out");
    await expect(compare({ isPasswordFree: lost }, ourReset, { instance: undefined })).rejects.toBe(lost);
  });
});
