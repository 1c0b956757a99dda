import { type Exchange, createTransport } from "../../../benchmarks/simulate/network";
import { Service, region } from "../../../benchmarks/simulate/service";
import { createHandlers } from "../../../provider/engine/createHandlers";
import { Session } from "../../../provider/resource/session";
import { VirtualTime } from "../../../tools/virtualTime";
import { type CheckedInputs } from "../support/resource";

const key = { secretId: `AKID${"a".repeat(32)}`, secretKey: "b".repeat(32) };
const instanceIds = Array.from({ length: 200 }, (_, index) => `crs-${String(index).padStart(8, "0")}`);

/** What an `up` of 200 resources sends, by action: all of them at once, then each with another password. */
async function countRequests(time: VirtualTime, taskSeconds: number, parallel: number) {
  const counts: Record<string, number> = {};
  const service = new Service({ clock: time.forCloud, instanceIds, keys: [key], taskSeconds: () => taskSeconds });
  const onExchange = ({ action }: Exchange) => (counts[action] = (counts[action] ?? 0) + 1);
  // Every request takes 50 ms each way.
  const transport = createTransport({ service, time, random: () => 0.5, lostAnswers: 0, onExchange });
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
    const work = async (instanceId: string, index: number): Promise<void> => {
      const news = { instanceId, region, password, __provider: "the provider" };
      const inputs = handlers.check({}, news).inputs as CheckedInputs;
      const olds = recorded[index];
      const result = olds ? await handlers.update("id", olds as never, inputs) : await handlers.create(inputs);
      results[index] = result.outs as object;
    };
    const waiting = [...instanceIds.entries()];
    const workOff = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await work(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: parallel }, workOff));
    return results;
  };
  const created = await up("first-Passw0rd");
  const creations = { ...counts };
  // Another process, which knows nothing of the quota that the first one has used.
  await time.sleep(2000);
  for (const action of Object.keys(counts)) counts[action] = 0;
  const updated = await up("second-Passw0rd", created);
  return { creations, updates: counts, lines, states: [...created, ...updated] };
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, count) => all + count, 0);

it.each([
  { parallel: 200, taskSeconds: 0, most: 1.3 },
  { parallel: 200, taskSeconds: 5, most: 1.3 },
  // What Pulumi does on a machine of two processors. Then fewer resets share the answers of two minutes.
  { parallel: 8, taskSeconds: 0, most: 1.3 },
  { parallel: 8, taskSeconds: 5, most: 1.6 },
])(
  "200 resets, $parallel at a time with tasks of $taskSeconds s, take at most $most requests each; none is sent twice",
  async ({ parallel, taskSeconds, most }) => {
    const time = new VirtualTime();
    const { creations, updates, lines, states } = await time.until(countRequests(time, taskSeconds, parallel));
    expect(creations.ResetPassword).toBe(200);
    expect(updates.ResetPassword).toBe(200);
    expect(sum(creations) / 200).toBeLessThanOrEqual(most);
    expect(sum(updates) / 200).toBeLessThanOrEqual(most);
    const count = (text: string) => lines.filter((line) => line.includes(text)).length;
    expect([count(": the password will be set"), count(": the password was reset (task ")]).toEqual([
      200 + 200,
      200 + 200,
    ]);
    expect(lines).toHaveLength(800);
    for (const state of states) {
      expect(state).toMatchObject({ status: "done", newestTaskId: expect.any(Number) as number });
      expect(state).not.toHaveProperty("unchecked");
    }
  },
  // It computes for seconds, and on a busy machine for longer.
  60_000,
);
