import type { RequestRecord } from "pulumi-tencentcloud-redis/local-cloud";

import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import type { CommandResult } from "../../../tools/command";
import { countPasswords, faultyHistories, timeoutSeconds, upUntilClean } from "../../support/randomFaults";
import { Fixture, shown } from "../support/fixture";
import { credentialsWith } from "../../support/credentials";
import { standaloneClient } from "../../support/standaloneClient";

const instanceIds = Array.from({ length: 50 }, (_, index) => `crs-${String(index).padStart(3, "0")}`);
const instances = Object.fromEntries(instanceIds.map((instanceId) => [instanceId, undefined]));

const program = `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  for (const instanceId of ${JSON.stringify(instanceIds)}) {
    const password = process.env.PREFIX + "of-" + instanceId;
    const rest = { region: "ap-guangzhou", timeoutSeconds: Number(process.env.TIMEOUT_SECONDS) };
    new RedisInstancePassword(instanceId, { instanceId, password, ...rest });
  }
`;

/** Part of every password, and of no other text. */
const mark = "-Passw0rd-";

const args = ["up", "--yes", "--skip-preview", "--parallel", "50", "--suppress-progress"];

function up(fixture: Fixture, code: string, seconds: number, onError: readonly string[] = []): Promise<CommandResult> {
  const environment = { PREFIX: code + mark, TIMEOUT_SECONDS: String(seconds) };
  return fixture.pulumi([...args, ...onError], environment);
}

/** What an up does after a failure: it starts no further resource, Pulumi's default, or continues with the others. */
const onErrors: Readonly<Record<number, readonly string[]>> = { 3: [], 10: ["--continue-on-error"] };

/** All ten, and that they meet with every kind of fault: tests/emulated/chaos.test.ts. */
const histories = faultyHistories.filter(({ seed }) => seed in onErrors);

async function refusing(fixture: Fixture, code: string): Promise<string[]> {
  const accepted = await Promise.all(instanceIds.map((id) => fixture.auth(`${code}${mark}of-${id}`, id)));
  return instanceIds.filter((_, index) => !accepted[index]);
}

async function expectAllDone(fixture: Fixture): Promise<void> {
  const resources = await fixture.resources();
  const recorded = resources.filter(({ type }) => type.endsWith(":RedisInstancePassword"));
  expect(recorded.map(({ outputs }) => String(outputs?.instanceId)).sort()).toEqual(instanceIds);
  expect(recorded.filter(({ outputs }) => outputs?.status !== "done")).toEqual([]);
  expect(recorded.filter(({ initErrors }) => initErrors?.length)).toEqual([]);
}

/** Faults after which a completed reset may be sent again: its response was lost or late, or its task failed. */
const costAnother: readonly RequestRecord["fault"][] = ["drop-response", "garbage", "delay", "task-fail", "task-error"];

/**
 * Returns the instances that were reset more often than the faults explain. A reset is carried out once for each
 * password in the code, and once more for each that was lost or has failed: refused requests start no task, and a slow
 * or stuck task is waited for. One more is allowed, for a request that a busy machine answers after the deadline.
 */
async function resetTooOften(fixture: Fixture, passwords: number): Promise<string[]> {
  const instanceByTask = await instancesByTask(fixture);
  const count = (records: readonly RequestRecord[], instanceId: string) =>
    records.filter(({ taskId }) => taskId !== null && instanceByTask.get(taskId) === instanceId).length;
  const carriedOut = fixture.requests.filter(({ action, taskId }) => action === "ResetPassword" && taskId !== null);
  const inVain = carriedOut.filter(({ fault }) => costAnother.includes(fault));
  return instanceIds.flatMap((instanceId) => {
    const resets = count(carriedOut, instanceId);
    const explained = passwords + count(inVain, instanceId) + 1;
    return resets > explained ? [`${instanceId}: ${resets} resets, ${explained} explained`] : [];
  });
}

/** The log of the cloud does not name instances, but its list of tasks does. */
async function instancesByTask({ cloud }: Fixture): Promise<Map<number, string>> {
  const { endpoint, region } = cloud;
  const credentials = () => Promise.resolve(credentialsWith(cloud));
  const client = standaloneClient({ endpoint: new URL(endpoint), region, credentials });
  const found = new Map<number, string>();
  for (;;) {
    const parameters = { Limit: 100, Offset: found.size };
    const answer = await client({ action: "DescribeTaskList", parameters, deadline: deadlineIn(30, systemClock) });
    const { TotalCount, Tasks } = answer as unknown as { TotalCount: number; Tasks: TaskOfList[] };
    for (const { TaskId, InstanceId } of Tasks) found.set(TaskId, InstanceId);
    if (found.size >= TotalCount) return found;
  }
}

interface TaskOfList {
  readonly TaskId: number;
  readonly InstanceId: string;
}

describe("50 resources under a random mixture of all faults", () => {
  it.each(histories)("recover within 5 runs: seed $seed, $hit", async (history) => {
    const { seed, clean, faulty } = history;
    const fixture = await Fixture.create(program, { instances, taskSeconds: 0.2 });
    try {
      if (clean !== undefined) expect(await up(fixture, clean, timeoutSeconds.without)).toMatchObject({ code: 0 });
      const failedUp = async (code: string, seconds: number): Promise<string | undefined> => {
        const result = await up(fixture, code, seconds, onErrors[seed]);
        return result.code === 0 ? undefined : shown(result);
      };
      await upUntilClean({ cloud: fixture.cloud, up: failedUp }, history);

      const [, code] = faulty;
      expect(await refusing(fixture, code)).toEqual([]);
      await expectAllDone(fixture);
      const sent = fixture.requests.length;
      expect(shown(await up(fixture, code, timeoutSeconds.without))).toMatch(/ 51 unchanged/);
      expect(fixture.requests.length).toBe(sent);
      expect(fixture.output + JSON.stringify(await fixture.state())).not.toContain(mark);
      expect(await resetTooOften(fixture, countPasswords(history))).toEqual([]);
      // One process stays within the quota, despite all faults.
      expect(fixture.requests.filter((r) => r.code === "RequestLimitExceeded" && r.fault === null)).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});
