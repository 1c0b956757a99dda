import { errorMessage } from "../tencentcloud/errors/advisingError";
import type { InstanceContext } from "./instanceContext";
import type { Baseline, State } from "./state";
import { type InstanceStatus, describeInstance } from "../tencentcloud/redis/describeInstance";
import { lookUpPasswordTime } from "../tencentcloud/redis/describeInstanceAccount";
import { instanceTasks } from "../tencentcloud/redis/describeTaskList";
import { optionalReadMs } from "../tencentcloud/redis/optionalReadMs";
import { firstTold, formatServiceTime, parseServiceTime, roundToTimeZones } from "../tencentcloud/redis/serviceTime";
import { type ListedTask, isUnfinished, splitUnfinished, taskTypes } from "../tencentcloud/redis/taskList";

/** What a comparison of a state with the service has found. */
export interface Comparison {
  /** Why the recorded password may no longer be the instance's: a sentence, or undefined where nothing shows it. */
  readonly reason?: string;
  /** Whether the reason is that the instance is in password-free mode. */
  readonly isPasswordFree?: true;
  /** Tasks that have not ended and may set another password. */
  readonly unfinished: readonly ListedTask[];
  /** Such as have not ended for over a day: nothing waits for them. */
  readonly ignored: readonly ListedTask[];
  /** What is known of the reset now, where everything could be looked up; undefined where something could not. */
  readonly baseline?: Baseline;
}

/** Of an instance that lets everybody in. */
const passwordFree = { reason: "password-free mode is on", isPasswordFree: true } as const;

/** How far the clocks of the service's own machines may be apart. */
const toleranceMs = 60_000;

/**
 * Compares what is recorded with what the service tells. It never tells a password, so what counts is when it was last
 * set, and by which task. What cannot be looked up is logged and left out.
 *
 * @param instance as it was just now, where that is known
 * @throws when the instance itself cannot be looked at
 */
export async function compareWithService(
  service: InstanceContext,
  state: State,
  instance?: InstanceStatus,
): Promise<Comparison> {
  if (instance?.isPasswordFree) return { ...passwordFree, unfinished: [], ignored: [] };
  const { account, list } = await lookUpBoth(service);
  const tasks = list?.tasks ?? [];
  const { awaited: unfinished, ignored } = splitUnfinished(tasks, list?.answeredAtMs ?? 0, state.taskId);
  const reason = findDrift(state, tasks, account?.setAt);
  if (reason !== undefined) return { reason, unfinished, ignored };
  // The mode may have been switched on since the instance was looked at.
  const isSwitch = ({ type, status, taskId }: ListedTask) =>
    type === taskTypes.passwordFree && status === "succeed" && taskId > (state.newestTaskId ?? 0);
  if ((instance === undefined || tasks.some(isSwitch)) && (await isPasswordFree(service))) {
    return { ...passwordFree, unfinished, ignored };
  }
  return { unfinished, ignored, ...(account && list && { baseline: completeBaseline(state, tasks, account.setAt) }) };
}

async function isPasswordFree({ client, instanceId, deadline }: InstanceContext): Promise<boolean> {
  const instance = await describeInstance(client, instanceId, deadline, optionalReadMs);
  return instance?.isPasswordFree === true;
}

/** Looks up what an adopted password's later changes are told from. What cannot be looked up is shown. */
export async function adoptionBaseline(service: InstanceContext): Promise<{ baseline: Baseline; isComplete: boolean }> {
  const { account, list } = await lookUpBoth(service);
  const baseline: Baseline = {
    ...(list && { newestTaskId: newestEndedId(list.tasks) }),
    ...(account?.setAt !== undefined && { passwordTime: account.setAt }),
  };
  return { baseline, isComplete: account !== undefined && list !== undefined };
}

async function lookUpBoth(service: InstanceContext) {
  const { client, instanceId, deadline } = service;
  const account = await lookUp(service, "when the password was last set", async () => ({
    setAt: await lookUpPasswordTime(client, instanceId, deadline),
  }));
  const list = await lookUp(service, "which tasks have set the password", () =>
    instanceTasks(client, instanceId, deadline),
  );
  return { account, list };
}

/** Logs what could not be looked up, and returns undefined for it. */
async function lookUp<T>({ log }: InstanceContext, what: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    log.info(`${what} could not be looked at: ${errorMessage(error)}`);
    return undefined;
  }
}

function findDrift(state: State, tasks: readonly ListedTask[], setAt: string | undefined): string | undefined {
  const succeeded = tasks.filter(({ status }) => status === "succeed");
  const ofType = (type: string) => succeeded.filter((task) => task.type === type);
  const ours = ourTask(state, succeeded);
  if (!ours) return undefined;
  const isLater = (task: ListedTask) => isLaterThanOurs(task, ours, state.newestTaskId);
  const later = ofType(taskTypes.passwordReset).find(isLater);
  if (later) return somebodyElse(later.endTime || later.startTime);

  const aheadMs = difference(setAt, ours.endTime || state.passwordTime);
  if (!(aheadMs >= 0)) return undefined;
  // Without a task, this very time is what was recorded, which is exact. The end of a task may be told by another clock.
  if (state.taskId === undefined) return aheadMs > 0 ? somebodyElse(setAt) : undefined;
  // A change of an account may have been one of root's password: if it ended about when that was set.
  const explains = ({ startTime, endTime }: ListedTask) =>
    Math.abs(difference(setAt, endTime || startTime)) < Math.min(Math.max(aheadMs, secondMs), toleranceMs);
  if (ofType(taskTypes.accountChange).some((task) => isLater(task) && explains(task))) return somebodyElse(setAt);
  return isBeyondClocks(aheadMs) ? somebodyElse(setAt) : undefined;
}

const secondMs = 1000;

/** The end and the beginning of what was recorded, as far as they are known. */
interface OurTask {
  readonly taskId: number;
  readonly startTime: string;
  readonly endTime: string;
}

/** Returns the times of our task, from the list if it is there; undefined if nothing is known to compare with. */
function ourTask(state: State, succeeded: readonly ListedTask[]): OurTask | undefined {
  const listed = succeeded.find(({ taskId }) => taskId === state.taskId);
  if (listed) return listed;
  const { taskId = Infinity, taskStartTime: startTime = "", passwordTime, newestTaskId } = state;
  if (startTime === "" && passwordTime === undefined && newestTaskId === undefined) return undefined;
  return { taskId, startTime, endTime: "" };
}

/**
 * Whether a task has set the password after ours. The task that ends last does. What had ended before ours was sent is
 * known by its number, so of what ended in the same second any other counts.
 *
 * @param newestTaskId undefined in older states
 */
function isLaterThanOurs(task: ListedTask, ours: OurTask, newestTaskId: number | undefined): boolean {
  if (task.taskId === ours.taskId) return false;
  const areEndsKnown = [task, ours].every(({ endTime }) => parseServiceTime(endTime) !== undefined);
  const time = areEndsKnown ? "endTime" : "startTime";
  const aheadMs = difference(task[time], ours[time]);
  if (newestTaskId === undefined) return aheadMs > 0 || (aheadMs === 0 && task.taskId > ours.taskId);
  if (!areEndsKnown) return task.taskId > newestTaskId;
  return aheadMs > 0 || (aheadMs === 0 && task.taskId > newestTaskId);
}

/** What is recorded, with what was missing in it. */
function completeBaseline(state: State, tasks: readonly ListedTask[], setAt: string | undefined): Baseline {
  const { taskId, taskStartTime, passwordTime, newestTaskId = newestEndedId(tasks, taskId) } = state;
  const listed = tasks.find((task) => task.taskId === taskId);
  const startTime = firstTold(taskStartTime, listed?.startTime);
  const endTime = firstTold(passwordTime, listed ? listed.endTime : setAt);
  return {
    ...(taskId !== undefined && { taskId }),
    ...(startTime !== undefined && { taskStartTime: startTime }),
    ...(endTime !== undefined && { passwordTime: endTime }),
    newestTaskId,
  };
}

/** The greatest number of tasks that have ended. */
export const newestEndedId = (tasks: readonly ListedTask[], ...others: (number | undefined)[]): number =>
  Math.max(
    0,
    ...tasks.filter((task) => !isUnfinished(task)).map(({ taskId }) => taskId),
    ...others.filter((other) => other !== undefined),
  );

/**
 * When a task has begun and ended. Only the list tells the end, but the answers do that accepted the reset and that said
 * it was done: the time between them, by the service's clock, is added to the beginning.
 */
export function resetBaseline(
  task: { startTime: string; endTime?: string; answeredAtMs: number },
  acceptedAtMs: number,
): Baseline {
  const startMs = parseServiceTime(task.startTime);
  if (startMs === undefined) return {};
  const endMs = parseServiceTime(task.endTime) ?? startMs + Math.max(0, task.answeredAtMs - acceptedAtMs);
  // A clock that is so wrong tells no time to compare with.
  if (!(endMs < Date.UTC(10_000, 0))) return {};
  return { taskStartTime: task.startTime, passwordTime: formatServiceTime(endMs) };
}

/** Whether a time is later by more than differing clocks or time zones explain. */
function isBeyondClocks(aheadMs: number): boolean {
  const zonesMs = roundToTimeZones(aheadMs);
  const areZonesPossible = zonesMs <= 14 * 3_600_000;
  return Math.abs(aheadMs - (areZonesPossible ? zonesMs : 0)) > toleranceMs;
}

const somebodyElse = (time = ""): string =>
  `somebody else, or a run that was killed, set the password at ${time}, the service's time`;

/** Not a number where one of the two is unknown, which compares with nothing. */
function difference(time: string | undefined, from: string | undefined): number {
  return (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);
}
