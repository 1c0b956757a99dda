import type { RequestRecord } from "pulumi-tencentcloud-redis/local-cloud";

import { createClient } from "../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import type { CommandResult } from "../../../tools/command";
import { randomFrom } from "../../../tools/random";
import { Fixture, shown } from "../support/fixture";

const instanceIds = Array.from({ length: 50 }, (_, index) => `crs-${String(index).padStart(3, "0")}`);
const instances = Object.fromEntries(instanceIds.map((instanceId) => [instanceId, undefined]));

/**
 * At 20 requests a second, 50 resets and the questions after them take some 5 s, on a busy machine more. With faults, a
 * task that is stuck takes all of its time.
 */
const timeoutSeconds = { withFaults: 12, without: 120 };

const program = `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  for (const instanceId of ${JSON.stringify(instanceIds)}) {
    const password = process.env.PREFIX + "of-" + instanceId;
    const rest = { region: "ap-guangzhou", timeoutSeconds: Number(process.env.TIMEOUT_SECONDS) };
    new RedisInstancePassword(instanceId, { instanceId, password, ...rest });
  }
`;

/** What every password has in it, and nothing else. */
const mark = "-Passw0rd-";

const args = ["up", "--yes", "--skip-preview", "--parallel", "50", "--suppress-progress"];

function up(fixture: Fixture, code: string): Promise<CommandResult> {
  return fixture.pulumi(args, { PREFIX: code + mark, TIMEOUT_SECONDS: String(timeoutSeconds.without) });
}

function upWithFaults(fixture: Fixture, code: string, onError: readonly string[]): Promise<CommandResult> {
  const environment = { PREFIX: code + mark, TIMEOUT_SECONDS: String(timeoutSeconds.withFaults) };
  return fixture.pulumi([...args, ...onError], environment);
}

// The faults

const actions = ["ResetPassword", "DescribeTaskInfo", "DescribeTaskList"] as const;
type Action = (typeof actions)[number];

/** Those that are tried again in different ways, and one that never is. */
const codes = [
  "InternalError",
  "ServiceUnavailable",
  "FailedOperation.SystemError",
  "RequestLimitExceeded",
  "ResourceInUse.InstanceBeenLocked",
  "ResourceUnavailable.InstanceStatusError",
  "UnauthorizedOperation",
];

/** Of every kind but those that an instance does not recover from by itself. */
function faultsOf(action: Action, random: () => number): string[] {
  const seconds = (longest: number): string => (random() * longest).toFixed(1);
  const ofRequests = ["drop-response", "refuse", `delay:${seconds(1)}`, "http:502", "http:503", "garbage"];
  const ofTasks = [
    "task-fail:out of luck",
    "task-error",
    "task-stuck",
    `task-slow:${seconds(1.5 * timeoutSeconds.withFaults)}`,
  ];
  return [
    ...ofRequests,
    ...codes.map((code) => `error:${code}`),
    ...(action === "ResetPassword" ? ofTasks : []),
    ...(action === "DescribeTaskInfo" ? [] : [`locked:${seconds(3)}`]),
  ];
}

function addFaults({ cloud }: Fixture, random: () => number, gone: readonly string[]): void {
  for (const action of actions) {
    const kinds = [...faultsOf(action, random), ...(action === "DescribeTaskInfo" ? [] : gone)];
    for (const kind of shuffled(kinds, random)) cloud.addFault(`${action}=${kind}*${1 + Math.floor(random() * 3)}`);
  }
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => [random(), value] as const);
  return keyed.sort(([one], [other]) => one - other).map(([, value]) => value);
}

// The rounds

interface Chaos {
  readonly seed: number;
  /** What the first faults hit. */
  readonly hit: "creations" | "updates";
  /** What the code says in an up without faults before all others: it is this that makes updates of creations. */
  readonly clean?: string;
  /** What the code says in each of the two ups with faults, and in the second way from then on. */
  readonly faulty: readonly [string, string];
  /** States of instances in the first of them that last until somebody ends them, which is done before the second. */
  readonly gone: readonly ("isolated" | "deleted")[];
  /** What these ups do after a failure. */
  readonly onError: readonly string[];
}

/** Pulumi's way: it begins with no further resource. */
const stop: readonly string[] = [];
/** All resources have their turn. */
const goOn: readonly string[] = ["--continue-on-error"];

/** All ten, and that they meet with every kind of fault: tests/emulated/chaos.test.ts. */
const seeds: readonly Chaos[] = [
  { seed: 3, hit: "creations", faulty: ["one", "one"], gone: ["isolated"], onError: stop },
  { seed: 10, hit: "updates", clean: "one", faulty: ["two", "one"], gone: ["isolated", "deleted"], onError: goOn },
];

const mostRuns = 5;

/** Lets the faults loose in two runs, and goes on without any until it is clean. */
async function untilClean(fixture: Fixture, { seed, faulty, gone, onError }: Chaos): Promise<void> {
  const random = randomFrom(seed);
  const [code, laterCode] = faulty;
  addFaults(fixture, random, gone);
  await upWithFaults(fixture, code, onError);
  if (gone.length > 0) fixture.cloud.clearFaults();
  addFaults(fixture, random, []);
  await upWithFaults(fixture, laterCode, onError);
  fixture.cloud.clearFaults();
  for (let runs = 3; ; runs++) {
    const result = await up(fixture, laterCode);
    if (result.code === 0) return;
    if (runs === mostRuns) throw new Error(`seed ${seed} is not clean after ${runs} runs:\n${shown(result)}`);
  }
}

// What has come of it

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

/**
 * After these a reset that was carried out may be sent again: nobody has heard of it, a late answer among that where
 * nobody waited any more, or it has come to nothing.
 */
const costAnother: readonly RequestRecord["fault"][] = ["drop-response", "garbage", "delay", "task-fail", "task-error"];

/**
 * The instances that were reset more often than the faults explain. A reset is carried out once for each password that
 * the code had, and once more for each that was lost or has failed: requests that were refused start no task, and a
 * task that is slow or stuck is waited for. One more is granted, for a request that a busy machine answers after the
 * deadline.
 */
async function resetTooOften(fixture: Fixture, passwords: number): Promise<string[]> {
  const instanceOf = await instancesByTask(fixture);
  const count = (records: readonly RequestRecord[], instanceId: string) =>
    records.filter(({ taskId }) => taskId !== null && instanceOf.get(taskId) === instanceId).length;
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
  const { endpoint, region, secretId, secretKey } = cloud;
  const credentials = () => Promise.resolve({ secretId, secretKey });
  const client = createClient({ endpoint: new URL(endpoint), region, credentials });
  const found = new Map<number, string>();
  for (;;) {
    const parameters = { Limit: 100, Offset: found.size };
    const answer = await client({ action: "DescribeTaskList", parameters, deadline: deadlineIn(30) });
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
  it.each(seeds)("get clean within 5 runs: seed $seed, $hit", async (chaos) => {
    const { clean, faulty } = chaos;
    const fixture = await Fixture.create(program, { instances, taskSeconds: 0.2 });
    try {
      if (clean !== undefined) expect(await up(fixture, clean)).toMatchObject({ code: 0 });
      await untilClean(fixture, chaos);

      const [, code] = faulty;
      expect(await refusing(fixture, code)).toEqual([]);
      await expectAllDone(fixture);
      const sent = fixture.requests.length;
      expect(shown(await up(fixture, code))).toMatch(/ 51 unchanged/);
      expect(fixture.requests.length).toBe(sent);
      expect(fixture.output + JSON.stringify(await fixture.state())).not.toContain(mark);
      const codes = [clean, ...faulty].filter((said, index, all) => said !== undefined && said !== all[index - 1]);
      expect(await resetTooOften(fixture, codes.length)).toEqual([]);
      // One process keeps to the quota, whatever goes wrong.
      expect(fixture.requests.filter((r) => r.code === "RequestLimitExceeded" && r.fault === null)).toEqual([]);
    } finally {
      await fixture.dispose();
    }
  });
});
