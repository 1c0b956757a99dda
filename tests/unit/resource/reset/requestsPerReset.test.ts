import { type Exchange, createTransport } from "../../../../benchmarks/simulate/network";
import { Service, region } from "../../../../benchmarks/simulate/service";
import { createHandlers } from "../../../../provider/engine/createHandlers";
import { Session } from "../../../../provider/resource/session/session";
import { randomFrom } from "../../../../tools/random";
import { VirtualTime } from "../../../../tools/virtualTime";
import { type CheckedInputs } from "../../support/resource";

const key = { secretId: `AKID${"a".repeat(32)}`, secretKey: "b".repeat(32) };

/** The properties of an `up` of 200 resources. */
interface Load {
  /** The custom accounts of each instance that have a resource. @default the default account has the only one */
  readonly accounts?: readonly string[];
  readonly taskSeconds: number;
  /** The number of resources that Pulumi works on at a time. */
  readonly parallel: number;
}

/** Returns the requests of an `up` of 200 resources by action: for the creations, and for another password of each. */
async function countRequests(time: VirtualTime, { accounts = [], taskSeconds, parallel }: Load) {
  const ofInstance = accounts.length > 0 ? accounts.map((account) => ({ account })) : [{}];
  const count = 200 / ofInstance.length;
  const instanceIds = Array.from({ length: count }, (_, index) => `crs-${String(index).padStart(8, "0")}`);
  const targets = instanceIds.flatMap((instanceId) => ofInstance.map((account) => ({ instanceId, ...account })));
  const counts: Record<string, number> = {};
  const service = new Service({
    clock: time.forCloud,
    instanceIds,
    accounts,
    keys: [key],
    taskSeconds: () => taskSeconds,
  });
  const onExchange = ({ action }: Exchange) => (counts[action] = (counts[action] ?? 0) + 1);
  // With equal durations, all resources would stay in step, and share more responses than they can in reality.
  const transport = createTransport({ service, time, random: randomFrom(1), lostAnswers: 0, onExchange });
  const clock = time.forProcess();
  const environment: Record<string, string> = {
    TENCENTCLOUD_SECRET_ID: key.secretId,
    TENCENTCLOUD_SECRET_KEY: key.secretKey,
  };
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const up = async (password: string, recorded: readonly object[] = []) => {
    const handlers = createHandlers(new Session({ clock, transport, environment: (name) => environment[name] }), print);
    const results: object[] = [];
    const work = async (target: object, index: number): Promise<void> => {
      const news = { ...target, region, password, __provider: "the provider" };
      const inputs = handlers.check({}, news).inputs as CheckedInputs;
      const olds = recorded[index];
      const result = olds ? await handlers.update("id", olds as never, inputs) : await handlers.create(inputs);
      results[index] = result.outs as object;
    };
    const waiting = [...targets.entries()];
    const workOff = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await work(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: parallel }, workOff));
    return results;
  };
  const created = await up("first-Passw0rd");
  const creations = { ...counts };
  // Another process, which does not know how much of the quota the first one has used.
  await time.sleep(2000);
  for (const action of Object.keys(counts)) counts[action] = 0;
  const updated = await up("second-Passw0rd", created);
  return { creations, updates: counts, lines, states: [...created, ...updated] };
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, count) => all + count, 0);

/** Expects 200 resets by an action in each of two runs, none of them twice. Returns the requests per reset in each. */
async function measure(load: Load, action: string): Promise<number[]> {
  const time = new VirtualTime();
  const { creations, updates, lines, states } = await time.until(countRequests(time, load));
  expect([creations[action], updates[action]]).toEqual([200, 200]);
  const count = (text: string) => lines.filter((line) => line.includes(text)).length;
  expect([count(": the password will be set"), count(": the password was reset (task ")]).toEqual([
    200 + 200,
    200 + 200,
  ]);
  expect(lines.length - count(": waiting for another change of the instance to end")).toBe(800);
  for (const state of states) {
    expect(state).toMatchObject({ status: "done", newestTaskId: expect.any(Number) as number });
    expect(state).not.toHaveProperty("unchecked");
  }
  return [creations, updates].map((counts) => sum(counts) / 200);
}

/** The computation takes seconds, and longer on a busy machine. */
const timeoutMs = 60_000;

// The higher the parallelism, the more resets share an answer: a list is read about once a second while something waits.
// 8 is what Pulumi does on a machine of two processors.
it.each([
  { parallel: 200, taskSeconds: 0, most: 1.2 },
  { parallel: 200, taskSeconds: 5, most: 1.2 },
  { parallel: 8, taskSeconds: 0, most: 1.3 },
  { parallel: 8, taskSeconds: 5, most: 1.6 },
])(
  "200 resets, $parallel at a time with tasks of $taskSeconds s, need at most $most requests each; none is sent twice",
  async ({ most, ...load }) => {
    expect(Math.max(...(await measure(load, "ResetPassword")))).toBeLessThanOrEqual(most);
  },
  timeoutMs,
);

// One more than for the default account: each account is read just before it is changed. Of two accounts of one instance,
// one waits for the other, so fewer are changed at a time.
it.each([
  { accounts: ["app"], parallel: 200, taskSeconds: 0, most: 2.2 },
  { accounts: ["app"], parallel: 200, taskSeconds: 5, most: 2.2 },
  { accounts: ["app", "jobs"], parallel: 200, taskSeconds: 0, most: 2.2 },
  { accounts: ["app", "jobs"], parallel: 200, taskSeconds: 5, most: 2.2 },
  { accounts: ["app"], parallel: 8, taskSeconds: 1, most: 2.4 },
  { accounts: ["app"], parallel: 8, taskSeconds: 5, most: 2.9 },
  { accounts: ["app", "jobs"], parallel: 8, taskSeconds: 1, most: 3.2 },
  { accounts: ["app", "jobs"], parallel: 8, taskSeconds: 5, most: 4.4 },
])(
  "200 changes of the accounts $accounts, $parallel at a time with tasks of $taskSeconds s, need at most $most requests each",
  async ({ most, ...load }) => {
    expect(Math.max(...(await measure(load, "ModifyInstanceAccount")))).toBeLessThanOrEqual(most);
  },
  timeoutMs,
);
