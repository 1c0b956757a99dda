import { randomFrom } from "../../tools/random";

/** With faults, a task that is stuck takes all of its time. Without, a busy machine may need more than the usual 5 s. */
export const timeoutSeconds = { withFaults: 12, without: 120 };

const actions = ["ResetPassword", "DescribeTaskInfo", "DescribeTaskList"] as const;
type Action = (typeof actions)[number];

/** Those that are retried in different ways, and one that never is. */
const codes = [
  "InternalError",
  "ServiceUnavailable",
  "FailedOperation.SystemError",
  "RequestLimitExceeded",
  "ResourceInUse.InstanceBeenLocked",
  "ResourceUnavailable.InstanceStatusError",
  "UnauthorizedOperation",
];

type State = "isolated" | "deleted";

/** What happens to the stack of many resources, from its first up until it is clean. */
export interface FaultyHistory {
  readonly seed: number;
  /** What the first faults hit. */
  readonly hit: "creations" | "updates";
  /** What the code says in an up without faults before all others: it is this that makes updates of creations. */
  readonly clean?: string;
  /** What the code says in each of the two ups with faults, and in the second way from then on. */
  readonly faulty: readonly [string, string];
  /** States of instances in the first of them that last until somebody ends them, which is done before the second. */
  readonly gone: readonly State[];
}

export const faultyHistories: readonly FaultyHistory[] = [
  { seed: 1, hit: "creations", faulty: ["one", "one"], gone: [] },
  { seed: 2, hit: "updates", clean: "one", faulty: ["two", "two"], gone: [] },
  { seed: 3, hit: "creations", faulty: ["one", "one"], gone: ["isolated"] },
  { seed: 4, hit: "updates", clean: "one", faulty: ["two", "two"], gone: ["isolated"] },
  { seed: 5, hit: "creations", faulty: ["one", "two"], gone: [] },
  { seed: 6, hit: "updates", clean: "one", faulty: ["two", "three"], gone: [] },
  { seed: 7, hit: "creations", faulty: ["one", "two"], gone: ["deleted"] },
  { seed: 8, hit: "updates", clean: "one", faulty: ["two", "one"], gone: ["deleted"] },
  { seed: 9, hit: "creations", faulty: ["one", "one"], gone: ["isolated", "deleted"] },
  { seed: 10, hit: "updates", clean: "one", faulty: ["two", "one"], gone: ["isolated", "deleted"] },
];

/** Returns how many passwords the code has had, one after the other. */
export function countPasswords({ clean, faulty }: FaultyHistory): number {
  const all = [clean, ...faulty];
  return all.filter((code, index) => code !== undefined && code !== all[index - 1]).length;
}

/** A stack, and the cloud that its faults are added to. */
export interface FaultyStack {
  readonly cloud: { addFault(fault: string): void; clearFaults(): void };
  /** Runs an up of a code, and returns what it has printed if it has failed. */
  readonly up: (code: string, timeoutSeconds: number) => Promise<string | undefined>;
}

const mostRuns = 5;

/** Lets the faults loose in two runs, and goes on without any until a run is clean. @throws Error when the fifth is not */
export async function upUntilClean({ cloud, up }: FaultyStack, history: FaultyHistory): Promise<void> {
  const { seed, faulty, gone } = history;
  const random = randomFrom(seed);
  const [code, laterCode] = faulty;
  addFaults(cloud, random, gone);
  await up(code, timeoutSeconds.withFaults);
  if (gone.length > 0) cloud.clearFaults();
  addFaults(cloud, random, []);
  await up(laterCode, timeoutSeconds.withFaults);
  cloud.clearFaults();
  for (let runs = 3; ; runs++) {
    const printed = await up(laterCode, timeoutSeconds.without);
    if (printed === undefined) return;
    if (runs === mostRuns) throw new Error(`seed ${seed} is not clean after ${runs} runs:\n${printed}`);
  }
}

/** All that a request can meet with here: the action and the kind of fault, with its code where it has one. */
export const allFaults: readonly string[] = actions.flatMap((action) => {
  const kinds = faultsFor(action, () => 0).map((fault) => fault.replace(/^(?!error|http)(.*?):.*/, "$1"));
  return [...kinds, ...statesFor(action, ["isolated", "deleted"])].map((kind) => `${action} ${kind}`);
});

function addFaults(cloud: FaultyStack["cloud"], random: () => number, gone: readonly State[]): void {
  for (const action of actions) {
    const kinds = [...faultsFor(action, random), ...statesFor(action, gone)];
    for (const kind of shuffled(kinds, random)) cloud.addFault(`${action}=${kind}*${1 + Math.floor(random() * 3)}`);
  }
}

/** Of every kind but those that an instance does not recover from by itself. */
function faultsFor(action: Action, random: () => number): string[] {
  const seconds = (longest: number): string => (random() * longest).toFixed(1);
  const ofRequests = ["drop-response", "refuse", `delay:${seconds(1)}`, "http:502", "http:503", "garbage"];
  const slow = `task-slow:${seconds(1.5 * timeoutSeconds.withFaults)}`;
  const ofTasks = ["task-fail:out of luck", "task-error", "task-stuck", slow];
  return [
    ...ofRequests,
    ...codes.map((code) => `error:${code}`),
    ...(action === "ResetPassword" ? ofTasks : []),
    ...(action === "DescribeTaskInfo" ? [] : [`locked:${seconds(3)}`]),
  ];
}

/** A task is asked for whatever the state of its instance. */
function statesFor(action: Action, states: readonly State[]): readonly State[] {
  return action === "DescribeTaskInfo" ? [] : states;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => [random(), value] as const);
  return keyed.sort(([one], [other]) => one - other).map(([, value]) => value);
}
