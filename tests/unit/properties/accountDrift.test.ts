import fc from "fast-check";

import { findDrift } from "../../../provider/resource/drift/findDrift";
import type { State } from "../../../provider/resource/contract/state";
import { formatServiceTime } from "../../../provider/tencentcloud/redis/serviceTime";
import type { ListedTask } from "../../../provider/tencentcloud/redis/taskList";
import { accountState } from "../support/resource";
import { holds } from "./support/property";

/** Milliseconds of the service's clock for tasks. Its clock for accounts is ahead of it by the skew. */
const startMs = Date.UTC(2026, 0, 2, 12);
const toText = (ms: number): string => formatServiceTime(startMs + ms);

/** A creation of an account, which is not a change: no listed task explains its time. */
interface Creation {
  readonly account: string;
  readonly atMs: number;
}

interface Change {
  readonly account: string;
  /** How long after the previous change this one ends. */
  readonly laterMs: number;
  /** The lag of its time behind its task, in addition to the skew. */
  readonly lagMs?: number;
}

/** Returns the service's responses after these changes, the first of which is ours, of the account `app`. */
function serviceAfter(changes: readonly Change[], skewMs: number, created: readonly Creation[]) {
  const setAt = new Map(created.map(({ account, atMs }) => [account, toText(atMs + skewMs)]));
  const tasks: ListedTask[] = [];
  let endMs = 0;
  for (const [index, { account, laterMs, lagMs = 0 }] of changes.entries()) {
    const startTime = toText(endMs);
    endMs += laterMs;
    const [taskId, endTime] = [100 + index, toText(endMs)];
    tasks.push({ taskId, instanceId: "crs-5a4py64p", type: "037", status: "succeed", startTime, endTime });
    setAt.set(account, toText(endMs + skewMs + lagMs));
  }
  const others = [...setAt]
    .filter(([account]) => account !== "app")
    .map(([name, passwordTime]) => ({ name, passwordTime, privilege: "rw", readonlyPolicy: ["master"] }));
  return { tasks, times: { isMissing: false, setAt: setAt.get("app"), others } };
}

// Computed once, because a fingerprint is slow.
const recorded = accountState();

function findAfter(
  changes: readonly Change[],
  skewMs: number,
  { isJudged = true, lagMs = 0, created = [] as readonly Creation[] } = {},
) {
  const ours: Change = { account: "app", laterMs: 0, lagMs };
  const { tasks, times } = serviceAfter([ours, ...changes], skewMs, created);
  const state: State = {
    ...recorded,
    taskId: 100,
    taskStartTime: toText(0),
    passwordTime: toText(0),
    newestTaskId: 100,
  };
  return findDrift(state, tasks, times, { isJudged });
}

const clockMs = fc.integer({ min: -30_000, max: 30_000 });
/** Clocks that differ slightly, possibly in different time zones. */
const skewMs = fc
  .tuple(clockMs, fc.constantFrom(0, 0, 8, 5.5))
  .map(([clockMs, zoneHours]) => clockMs + zoneHours * 3_600_000);
const laterMs = fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 100_000_000 }));
/** Changes of other accounts. */
const changesOf = (...accounts: string[]) =>
  fc.array(fc.record({ account: fc.constantFrom(...accounts), laterMs }), { minLength: 1, maxLength: 6 });

/** Accounts that were created at about the time of our change, or at any other. */
const createdAccounts = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom("root", "jobs", "batch", "metrics"),
    atMs: fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: -100_000_000, max: 100_000_000 })),
  }),
  { selector: ({ account }) => account },
);

it("no change of another account counts as drift, at any time, any number of times and with any clocks", () =>
  holds("accountDrift", fc.tuple(changesOf("spare"), skewMs, createdAccounts), ([changes, skew, created]) => {
    expect(findAfter(changes, skew, { created })).toEqual({});
  }));

it("no change of any of several other accounts counts as drift", () =>
  holds(
    "accountDrift",
    fc.tuple(changesOf("spare", "reader", "root"), skewMs, createdAccounts),
    ([changes, skew, created]) => {
      expect(findAfter(changes, skew, { created })).toEqual({});
    },
  ));

it("one change of each of several other accounts is no drift if times lag behind tasks by up to four seconds", () => {
  const lagMs = fc.integer({ min: 0, max: 4_000 });
  const changes = fc
    .shuffledSubarray(["spare", "reader", "jobs"], { minLength: 1 })
    .chain((accounts) =>
      fc.tuple(...accounts.map((account) => fc.record({ account: fc.constant(account), laterMs, lagMs }))),
    );
  const all = fc.tuple(changes, skewMs, lagMs, fc.boolean(), createdAccounts);
  return holds("accountDrift", all, ([others, skew, lag, isJudged, created]) => {
    expect(findAfter(others, skew, { isJudged, lagMs: lag, created })).toEqual({});
  });
});

it("a change of the account by somebody else is drift, with any other accounts and clocks", () =>
  holds(
    "accountDrift",
    fc.tuple(
      changesOf("spare", "reader"),
      fc.integer({ min: 62_000, max: 100_000_000 }),
      changesOf("spare", "reader"),
      clockMs,
      createdAccounts,
    ),
    ([before, foreignMs, after, skew, created]) => {
      const foreign: Change = { account: "app", laterMs: foreignMs };
      expect(findAfter([...before, foreign, ...after], skew, { created }).reason).toMatch(/^somebody else or /);
    },
  ));

it("so is one that was sent as soon as ours had ended, where the service's clocks agree", () =>
  holds(
    "accountDrift",
    fc.tuple(
      fc.integer({ min: 1_000, max: 2_999 }),
      fc.array(fc.record({ account: fc.constantFrom("spare", "reader"), laterMs: fc.integer({ min: 2_000 }) })),
      fc.constantFrom(0, 8 * 3_600_000),
      // An account created meanwhile has a time that a change explains as well.
      createdAccounts.map((created) => created.filter(({ atMs }) => Math.abs(atMs) > 10_000)),
    ),
    ([foreignMs, after, skew, created]) => {
      const foreign: Change = { account: "app", laterMs: foreignMs };
      expect(findAfter([foreign, ...after], skew, { created }).reason).toMatch(/^somebody else or /);
    },
  ));
