import { answerApi } from "../../../../local-cloud/server/answerApi";
import { prepareDelivery } from "../../../../local-cloud/server/delivery";
import { type CreatedCloud, createCloud } from "../../../../local-cloud/setup/createCloud";
import type { Answer } from "../support/exchange";
import { VirtualTime } from "../../../../tools/virtualTime";
import { type Call, documented, json, reset } from "../support/requests";

let created: CreatedCloud;
const time = new VirtualTime();
const key = { secretId: "AKIDunit", secretKey: "unit-secret-key" };

beforeAll(async () => {
  const reader = { password: "reader-1t", privilege: "r", passwordTime: "kept" } as const;
  const instances = {
    [documented.InstanceId]: { password: "before-1t", passwordTime: "empty", accounts: { reader } } as const,
  };
  created = await createCloud({ ...key, instances, taskSeconds: 15, requestsPerSecond: 2, clock: time.forCloud });
});
afterAll(() => created.stop());

/** Returns the response to a request, without a socket. */
function deliver(call: Call) {
  const { headers, body } = json(80, { key, nowMs: time.epochMs, ...call });
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const answer = answerApi(created.cloud, { method: "POST", url: "/", headers: lowerCased }, Buffer.from(String(body)));
  return { ...answer, delivery: prepareDelivery(answer) };
}

const answerTo = (call: Call) => (JSON.parse(deliver(call).answer) as { Response: Answer }).Response;

it("resets a password in Redis without a socket, at the time of the test clock", async () => {
  const { TaskId } = answerTo(reset);
  const task = { action: "DescribeTaskInfo", parameters: { TaskId } };
  await time.pass(14_999);
  expect(answerTo(task)).toMatchObject({ Status: "running" });
  expect(await created.instances[0]?.accepts("before-1t")).toBe(true);
  await time.pass(1);
  await created.settled();
  expect(answerTo(task)).toMatchObject({ Status: "succeed", StartTime: "2030-01-02 11:04:05" });
  expect(answerTo({ action: "DescribeTaskList" })).toMatchObject({ Tasks: [{ EndTime: "2030-01-02 11:04:20" }] });
  expect(await created.instances[0]?.accepts(documented.Password)).toBe(true);
});

it("starts accounts with their options", async () => {
  await time.pass(1000);
  const parameters = { InstanceId: documented.InstanceId, Limit: 20, Offset: 0 };
  expect(answerTo({ action: "DescribeInstanceAccount", parameters })).toMatchObject({
    Accounts: [
      { AccountName: "root", Privilege: "rw", PasswordLastModifiedTime: "" },
      { AccountName: "reader", Privilege: "r", PasswordLastModifiedTime: expect.stringMatching(/^20/) as string },
    ],
  });
});

it("measures the quota by the test clock", async () => {
  const describe = { action: "DescribeInstances" };
  await time.pass(1000);
  const code = () => answerTo(describe).Error?.Code;
  expect([code(), code(), code()]).toEqual([undefined, undefined, "RequestLimitExceeded"]);
  await time.pass(1000);
  expect(code()).toBeUndefined();
});

it.each([
  ["refuse", undefined],
  ["drop-response", undefined],
  ["delay:2.5", { status: 200, contentType: "application/json", delayMs: 2500 }],
  ["garbage", { status: 200, contentType: "application/json", delayMs: 0 }],
  ["http:503", { status: 503, contentType: "text/html", delayMs: 0 }],
  ["error:InternalError", { status: 200, contentType: "application/json", delayMs: 0 }],
])("returns the effect of the fault %s on a response", async (kind, expected) => {
  await time.pass(1000);
  created.cloud.faults.add(`DescribeInstances=${kind}*1`);
  const { delivery, record, answer } = deliver({ action: "DescribeInstances" });
  expect(record).toMatchObject({ action: "DescribeInstances", fault: kind.split(":")[0] });
  expect(delivery && { ...delivery, body: undefined }).toEqual(expected && { ...expected, body: undefined });
  expect(delivery?.body === answer).toBe(kind.startsWith("delay") || kind.startsWith("error"));
});
