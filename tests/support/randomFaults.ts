import { randomFrom } from "../../tools/random";

/**
 * With faults, a stuck task lasts until the timeout. Without faults, a busy machine may need more than the usual 5 s.
 */
export const timeoutSeconds = { withFaults: 12, without: 120 };

const actions = ["ResetPassword", "DescribeTaskInfo", "DescribeTaskList"] as const;
type Action = (typeof actions)[number];

/** Codes that are retried in different ways, and one that is never retried. */
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

/** The history of a stack of many resources, from its first up until an up is clean. */
export interface FaultyHistory {
  readonly seed: number;
  /** The operations that the first faults hit. */
  readonly hit: "creations" | "updates";
  /** The code of a first up without faults, after which the other ups are updates instead of creations. */
  readonly clean?: string;
  /** The code of each of the two ups with faults; all later ups use the second one. */
  readonly faulty: readonly [string, string];
  /** Permanent states of instances in the first of them, which end before the second. */
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

/** Returns how many different passwords the code has had. */
export function countPasswords({ clean, faulty }: FaultyHistory): number {
  const all = [clean, ...faulty];
  return all.filter((code, index) => code !== undefined && code !== all[index - 1]).length;
}

/** A stack, and the cloud that its faults are added to. */
export interface FaultyStack {
  readonly cloud: { addFault(fault: string): void; clearFaults(): void };
  /** Runs an up of some code, and returns its output if it has failed. */
  readonly up: (code: string, timeoutSeconds: number) => Promise<string | undefined>;
}

const mostRuns = 5;

/** Runs two ups with faults, and then further ones without until a run is clean. @throws Error if the fifth is not */
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

/** All faults that a request can meet here: the action and the kind of fault, with its code if it has one. */
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

/** Returns faults of every kind except permanent states of instances. */
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

/** A task can be read in any state of its instance. */
function statesFor(action: Action, states: readonly State[]): readonly State[] {
  return action === "DescribeTaskInfo" ? [] : states;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => [random(), value] as const);
  return keyed.sort(([one], [other]) => one - other).map(([, value]) => value);
}
