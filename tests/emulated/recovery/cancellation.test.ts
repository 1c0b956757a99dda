import type { Properties } from "../../protocol/support/struct";
import { EmulatedCloud } from "../support/emulatedCloud";
import { type CommandResult, Stack, type UpOptions } from "../support/engine";
import { rememberSlowHashes } from "../support/slowHash";

const instanceId = "crs-5a4py64p";
const first = "first-Passw0rd";
const second = "second-Passw0rd";
/** A request takes 10 ms, and a task 1 s: at each step of a reset, and throughout the waiting. */
const moments = [...Array(24).keys()].map((step) => 5 * step).concat([200, 500, 900, 1000, 1100]);

let cloud: EmulatedCloud;
let stack: Stack;
beforeAll(async () => {
  rememberSlowHashes();
  cloud = await EmulatedCloud.start({
    instances: { [instanceId]: { password: "start-Passw0rd", accounts: { app: "app-Passw0rd" } } },
  });
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.begin();
  stack = new Stack(cloud, "plugin");
});

const declare = (inputs: Properties = {}) => ({ instanceId, region: "ap-guangzhou", password: first, ...inputs });
const up = (inputs: Properties = {}, options: UpOptions = {}) =>
  stack.up([{ name: "cache", inputs: declare(inputs) }], options);

/** Cancels a command, and returns what it has shown, and how late it has ended. */
async function cancel(afterMs: number, command: (options: UpOptions) => Promise<CommandResult>) {
  const beganMs = cloud.time.elapsedMs;
  let sent = Infinity;
  // Until then arrives what was on its way.
  cloud.time.alarm(afterMs + 6, () => (sent = cloud.requests.length));
  const result = await command({ cancelAfterMs: afterMs });
  expect(cloud.requests.slice(sent)).toEqual([]);
  return { ...result, lateMs: cloud.time.elapsedMs - beganMs - afterMs };
}

describe("a canceled run ends immediately and sends nothing more, and the next up completes it without another reset", () => {
  test.each(moments)("a creation canceled after %d ms", async (afterMs) => {
    const { code, lateMs, lines } = await cancel(afterMs, (options) => up({}, options));
    expect(lateMs).toBeLessThan(20);
    const { status } = stack.outputs() ?? {};
    expect(status).toBe(code === 0 ? "done" : cloud.accepted.length > 0 ? "pending" : undefined);
    if (code === 1) expect(lines.at(-1)).toMatch(/^error: .*(run was canceled|was interrupted)/);
    expect(await up()).toMatchObject({ code: 0 });
    expect(cloud.accepted).toHaveLength(1);
    expect(await cloud.accepts(first, instanceId)).toBe(true);
  });

  test.each(moments)("an update canceled after %d ms", async (afterMs) => {
    await up();
    const { lateMs } = await cancel(afterMs, (options) => up({ password: second }, options));
    expect(lateMs).toBeLessThan(20);
    expect(await up({ password: second })).toMatchObject({ code: 0 });
    expect(cloud.accepted).toHaveLength(2);
    expect(await cloud.accepts(second, instanceId)).toBe(true);
  });

  test.each(moments)("the completion of a pending reset canceled after %d ms", async (afterMs) => {
    cloud.addFault("ResetPassword=task-slow:5*1");
    await up({ timeoutSeconds: 4 });
    expect(stack.outputs()).toMatchObject({ status: "pending" });
    const { lateMs } = await cancel(afterMs, (options) => up({}, options));
    expect(lateMs).toBeLessThan(20);
    expect(await up()).toMatchObject({ code: 0 });
    expect(cloud.accepted).toHaveLength(1);
  });
});

describe("a run that is canceled while it waits for tasks of others", () => {
  const withFailures = moments.flatMap((afterMs) => [[afterMs, 0] as const, [afterMs, 2] as const]);
  test.each(withFailures)(
    "before its reset after %d ms, with %d failures, does not send it",
    async (afterMs, failures) => {
      cloud.changeAsSomebodyElse("ResetPassword", instanceId, { Password: second }, 10);
      if (failures > 0) cloud.addFault(`DescribeTaskList=http:500*${failures}`);
      const { lines } = await cancel(afterMs, (options) => up({}, options));
      const shown = lines.slice(1).filter((line) => !line.includes("retrying"));
      expect(shown).toEqual([expect.stringMatching(/^error: \w+ was not sent: the run was canceled$/)]);
      expect(cloud.accepted).toEqual([]);
    },
  );

  test.each(moments.slice(-4).concat([1005, 1010, 1015, 1020, 1025, 1030, 1035, 1040, 1045, 1050, 1055, 1060]))(
    "after its reset after %d ms records as done only what it has compared",
    async (afterMs) => {
      cloud.time.alarm(100, () => cloud.changeAsSomebodyElse("ResetPassword", instanceId, { Password: second }, 0.9));
      const { code } = await cancel(afterMs, (options) => up({ timeoutSeconds: 30 }, options));
      expect({ code, ...stack.outputs() }).toMatchObject({ code: 1, status: "pending" });
      expect(await up()).toMatchObject({ code: 0 });
      expect(await cloud.accepts(first, instanceId)).toBe(true);
    },
  );
});

test.each(moments)("a verification canceled %d ms after the reset is completed by the next up", async (afterMs) => {
  const verify = cloud.addressOf(instanceId);
  // The task ends within a second of its acceptance.
  const { code } = await cancel(1000 + afterMs, (options) => up({ verify }, options));
  expect(stack.outputs()?.status).toBe(code === 0 ? "done" : "pending");
  expect(await up({ verify })).toMatchObject({ code: 0 });
  expect(cloud.accepted).toHaveLength(1);
});

test.each([2065, 2070, 4095])("a reset without a task, canceled after %d ms, is not done yet", async (afterMs) => {
  await up();
  cloud.changeAsSomebodyElse("ResetPassword", instanceId, { NoAuth: true }, 0.1);
  await cloud.time.pass(5_000);
  cloud.addFault("ResetPassword=task-id:none*1");
  cloud.time.alarm(1000, () => cloud.changeAsSomebodyElse("ResetPassword", instanceId, { Password: second }, 6));
  await cancel(afterMs, (options) => up({}, { ...options, refresh: true }));
  await cloud.time.pass(30_000);
  expect(await up()).toMatchObject({ code: 0 });
  expect(await cloud.accepts(first, instanceId)).toBe(true);
});

test.each(moments)("an adoption canceled after %d ms is complete or not recorded", async (afterMs) => {
  const { code, lateMs } = await cancel(afterMs, (options) => up({ onCreate: "adopt" }, options));
  expect(lateMs).toBeLessThan(20);
  if (code === 0) expect(stack.outputs()).not.toHaveProperty("unchecked");
  else expect(stack.outputs()).toBeUndefined();
});

test.each(moments)("a refresh canceled after %d ms leaves the state as it is", async (afterMs) => {
  await up();
  const before = stack.outputs();
  // A task of somebody else's, which a refresh waits for.
  cloud.changeAsSomebodyElse("ResetPassword", instanceId, { Password: second }, 10);
  const { code, lateMs } = await cancel(afterMs, (options) => stack.refresh(options));
  expect(lateMs).toBeLessThan(20);
  expect(code).toBe(1);
  expect(stack.outputs()).toEqual(before);
});

test("a reset without a response is in doubt after 3 s, and the next up sends it again", async () => {
  cloud.addFault("ResetPassword=delay:10*1");
  const { code, lateMs } = await cancel(100, (options) => up({}, options));
  expect({ code, lateMs }).toEqual({ code: 1, lateMs: 3_000 });
  expect(stack.outputs()).toMatchObject({ status: "failed" });
  expect(await up()).toMatchObject({ code: 0 });
  expect(cloud.accepted).toHaveLength(2);
});

test("a change that waits for its turn is not sent", async () => {
  const program = ["root", "app"].map((account) => ({ name: account, inputs: declare({ account }) }));
  const { code, lateMs } = await cancel(500, (options) => stack.up(program, options));
  expect(code).toBe(1);
  expect(lateMs).toBeLessThan(20);
  expect(cloud.accepted).toHaveLength(1);
});
