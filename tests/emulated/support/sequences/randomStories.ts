import fc from "fast-check";

import { parseFault } from "../../../../local-cloud/faults/parseFault";
import type { FrontEnd } from "../providerMethods";
import type { AccountIndex, Code, Command, ForeignChange, Step } from "./steps";

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const instance = pick<0 | 1>(0, 1);
const account = pick<AccountIndex>(0, 1, 2);

interface Weighted<T> {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<T>;
}

const edits: readonly Weighted<Partial<Code>>[] = [
  { weight: 6, arbitrary: fc.record({ password: pick<0 | 1 | 2>(0, 1, 2) }) },
  { weight: 2, arbitrary: fc.record({ trigger: pick<Code["trigger"]>(0, 1, "none") }) },
  { weight: 3, arbitrary: fc.record({ companionPassword: pick<0 | 1 | 2>(0, 1, 2) }) },
  { weight: 3, arbitrary: fc.record({ companions: fc.subarray<AccountIndex>([0, 1, 2]) }) },
  { weight: 2, arbitrary: fc.record({ account }) },
  { weight: 1, arbitrary: fc.record({ namesRoot: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ instance }) },
  {
    weight: 2,
    arbitrary: fc.record({ ignoreChanges: fc.subarray(["password", "triggers", "instanceId", "account"] as const) }),
  },
  { weight: 2, arbitrary: fc.record({ verify: pick("none", "right", "unreachable", "broken") }) },
  { weight: 2, arbitrary: fc.record({ onCreate: pick("reset", "adopt") }) },
  { weight: 1, arbitrary: fc.record({ both: fc.boolean() }) },
];

const changes = ["ResetPassword", "ModifyInstanceAccount"];
const reads = [
  "DescribeTaskInfo",
  "DescribeTaskList",
  "DescribeInstances",
  "DescribeInstanceAccount",
  "GetCallerIdentity",
];

/** One of every kind that a request can meet. */
const kindsOfRequests = [
  ...["drop-response", "refuse", "delay:2", "delay:40", "http:503", "http:403", "garbage"],
  ...[
    "InternalError",
    "ServiceUnavailable",
    "FailedOperation.SystemError",
    "FailedOperation.Unknown",
    "RequestLimitExceeded",
    "UnauthorizedOperation",
    "InvalidParameter.InvalidParameter",
    "ResourceInUse.InstanceBeenLocked",
    "ResourceUnavailable.InstanceStatusAbnormal",
    "ResourceUnavailable.InstanceStatusError",
  ].map((code) => `error:${code}`),
];
const kindsOfTasks = [
  ...["task-fail:out of luck", "task-error", "task-stuck", "task-slow:3", "task-slow:15", "task-slow:120"],
  ...["task-forgotten", "task-id:0", "task-id:-1", "task-id:none"],
];
const kindsOfInstances = ["locked:3", "locked:60", "isolated", "deleted"];

const withAction = (actions: readonly string[], kinds: readonly string[]): fc.Arbitrary<string> =>
  pick(...actions.flatMap((action) => kinds.map((kind) => `${action}=${kind}`)).filter(isKnown));

function isKnown(fault: string): boolean {
  try {
    return Boolean(parseFault(fault));
  } catch {
    return false;
  }
}

const fault = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: withAction(changes, kindsOfTasks) },
      { weight: 3, arbitrary: withAction(changes, kindsOfRequests) },
      { weight: 4, arbitrary: withAction(reads, kindsOfRequests) },
      { weight: 1, arbitrary: withAction([...changes, "DescribeInstances"], kindsOfInstances) },
    ),
    pick("*1", "*1", "*2", ""),
  )
  .map(([text, count]) => text + count);

const foreignChange = {
  change: pick<ForeignChange["change"]>("reset", "account", "account", "rights", "password-free"),
  account,
  seconds: pick(0.5, 1, 15, 100),
};

const command = fc
  .record({
    command: fc.oneof(
      { weight: 8, arbitrary: pick("up" as const) },
      { weight: 4, arbitrary: pick("up --refresh" as const) },
      { weight: 1, arbitrary: pick("up --replace" as const) },
      { weight: 2, arbitrary: pick("refresh" as const) },
      { weight: 1, arbitrary: pick("preview" as const, "preview --refresh" as const) },
    ),
    faults: fc.oneof({ weight: 2, arbitrary: pick([]) }, { weight: 1, arbitrary: fc.array(fault, { maxLength: 2 }) }),
    killAt: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
    meanwhile: fc.option(fc.record({ ...foreignChange, at: fc.nat(12) }), { nil: undefined, freq: 12 }),
    timeoutSeconds: pick(60, 60, 5),
  })
  .map((step): Command => ({ do: "command", ...step }));

const rare: fc.Arbitrary<Step> = fc.oneof(
  pick<Step>({ do: "taint" }, { do: "rename" }, { do: "rename with an alias" }, { do: "end all faults" }),
  fc.nat(4).map((back): Step => ({ do: "restore", back })),
);

const somebodyElse: fc.Arbitrary<Step> = fc
  .record({
    ...foreignChange,
    instance: fc.oneof({ weight: 3, arbitrary: pick(0 as const) }, { weight: 1, arbitrary: pick(1 as const) }),
  })
  .map((step) => ({ do: "somebody else", ...step }));

const pass: fc.Arbitrary<Step> = pick(0.3, 1, 5, 20, 300, 90_000).map((seconds) => ({ do: "pass", seconds }));

const plainly = { do: "command", faults: [], timeoutSeconds: 60 } as const;

/**
 * A reset that exceeds its timeout is completed while something cannot be read, and somebody else resets the password
 * after that.
 */
const resumed: fc.Arbitrary<readonly Step[]> = fc
  .tuple(account, pick("task-slow:15", "task-stuck"), withAction(reads, kindsOfRequests))
  .map(([index, slow, failing]): readonly Step[] => [
    { do: "edit", change: { account: index } },
    {
      ...plainly,
      command: "up",
      faults: [`${index === 0 ? "ResetPassword" : "ModifyInstanceAccount"}=${slow}*1`],
      timeoutSeconds: 5,
    },
    { do: "end all faults" },
    { ...plainly, command: "up", faults: [`${failing}*1`] },
    { do: "pass", seconds: 5 },
    { do: "somebody else", change: index === 0 ? "reset" : "account", account: index, instance: 0, seconds: 1 },
    { do: "pass", seconds: 5 },
    { ...plainly, command: "up --refresh" },
  ]);

/** Parts of a command that only the plugin supports. */
const plugged = fc.record({
  cancelAt: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
  hasCustomTimeouts: fc.boolean(),
  unknown: fc.subarray(["password", "triggers", "instanceId", "account", "region"] as const),
});

const isPreview = ({ command }: Command): boolean => command.startsWith("preview");

const pluggedCommand = fc
  .tuple(fc.oneof({ weight: 16, arbitrary: command }, { weight: 1, arbitrary: command.map(toImport) }), plugged)
  .map(([step, { unknown, ...rest }]): Command => ({ ...step, ...rest, ...(isPreview(step) && { unknown }) }));

function toImport(step: Command): Command {
  return { ...step, command: "import" };
}

interface Vocabulary {
  readonly command: fc.Arbitrary<Command>;
  readonly edits: readonly Weighted<Partial<Code>>[];
  readonly beginning: fc.Arbitrary<readonly Step[]>;
  readonly more: readonly Weighted<readonly Step[]>[];
}

/** The steps with each front end. With the plugin, a story may begin with the class. */
const frontEnds: Readonly<Record<FrontEnd, Vocabulary>> = {
  class: { command, edits, beginning: pick<readonly Step[]>([]), more: [] },
  plugin: {
    command: pluggedCommand,
    edits: [...edits, { weight: 2, arbitrary: fc.record({ imports: fc.boolean() }) }],
    beginning: pick<readonly Step[]>([], [], [], [{ do: "use the class" }]),
    more: [{ weight: 1, arbitrary: pick<readonly Step[]>([{ do: "use the plugin" }]) }],
  },
};

/** @param length the number of steps, or of groups of steps that belong together */
export function stories(length: number, frontEnd: FrontEnd): fc.Arbitrary<readonly Step[]> {
  const own = frontEnds[frontEnd];
  const edit = fc.oneof(...own.edits).map((change): Step => ({ do: "edit", change }));
  const groups = fc.array(
    fc.oneof(
      { weight: 20, arbitrary: own.command.map((step): readonly Step[] => [step]) },
      { weight: 10, arbitrary: edit.map((step): readonly Step[] => [step]) },
      { weight: 4, arbitrary: somebodyElse.map((step) => [step]) },
      { weight: 4, arbitrary: pass.map((step) => [step]) },
      { weight: 4, arbitrary: rare.map((step) => [step]) },
      { weight: 1, arbitrary: resumed },
      ...own.more,
    ),
    { minLength: 1, maxLength: length, size: "max" },
  );
  return fc.tuple(own.beginning, groups).map(([beginning, steps]): Step[] => [...beginning, ...steps.flat()]);
}
