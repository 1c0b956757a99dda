import { unproven } from "./adopt/adopt";
import { openToAll } from "./operation/tryPassword";
import { type Comparison, compareWithService } from "./drift/compareWithService";
import { overADayOld } from "./operation/otherTasks";
import { inSentences } from "../tencentcloud/errors/inSentences";
import { accountAdvice, instanceAdvice } from "../tencentcloud/errors/errors";
import type { InstanceContext } from "./session/instanceContext";
import { type ResourceLog, silentLog } from "./session/resourceLog";
import type { Session } from "./session/session";
import type { AccountIdentity } from "./contract/accountIdentity";
import { type State, asDrifted, doubtReason, isPending, requireKnownState, withOwner } from "./contract/state";
import { type InstanceStatus, describeInstance } from "../tencentcloud/redis/describeInstance";
import { defaultAccount, describeAccounts, findAccount } from "../tencentcloud/redis/describeInstanceAccount";
import { throwIfCanceled } from "../tencentcloud/retry/deadline";
import { type ListedTask, taskTypes } from "../tencentcloud/redis/taskList";

/**
 * Checks whether the instance still exists, and whether somebody else may have set its password. Returns the state to
 * record, or undefined if the instance is gone. A reset that is pending or in doubt is left to the next `up`.
 *
 * @param identity from the resource's id
 */
export async function refresh(
  session: Session,
  log: ResourceLog,
  identity: AccountIdentity,
  props: State,
): Promise<State | undefined> {
  requireKnownState(props);
  noteTask(session, identity, props);
  const { instanceId, account } = identity;
  const target = { ...identity, profile: props.profile };
  const service = session.contextFor(target, session.deadlineIn(readSeconds), log);
  const { client, deadline } = service;
  // A state without the owner is completed if the response arrives in time.
  const owner = props.ownerAccountId === undefined ? session.ownerAccountIdFor(target) : Promise.resolve(undefined);
  const instance = (await describeInstance(client, instanceId, deadline)) ?? (await lookAgain(service));
  if (!instance) return isGone(service, props, await session.ownerAccountIdFor(target)) ? undefined : props;
  if (instance.condition !== "usable")
    log.info(inSentences(`the instance is ${instance.condition}`, instanceAdvice[instance.condition]));
  if (instance.isPasswordFree) session.notes.onInstance(target).isPasswordFree = true;
  if (instance.isPasswordFree && account !== undefined) log.warn(openToAll);
  if (props.unproven) log.warn(unproven);
  const isOpen = instance.isPasswordFree && account === undefined;
  // Whatever password an imported instance has, the next update adopts it.
  if (props.passwordFingerprint === undefined && !isOpen) return withOwner(props, await ifKnown(owner));
  if (props.status !== "done") {
    if (account !== undefined && (await isAccountMissing(service, account))) {
      log.info(noAccount(account));
      return props;
    }
    log.info(isPending(props) ? willBeCompleted(props) : willBeReset(doubtReason(props)));
    return props;
  }
  const found = await settledComparison(session, service, instance, props);
  throwIfCanceled(deadline, "Refresh was canceled");
  const isClear = found.baseline !== undefined && !found.isUnattributed && found.unfinished.length === 0;
  if (isClear) session.notes.onAccount(identity).isRefreshed = true;
  if (found.reason !== undefined) {
    log.info(found.isMissing && account !== undefined ? noAccount(account) : willBeReset(found.reason));
    return asDrifted(props, found.reason, found);
  }
  const completed = withBaseline(props, found);
  if (completed.unproven && !props.unproven) log.warn(unproven);
  if (completed.status === "drifted") log.info(willBeReset(doubtReason(completed)));
  return withOwner(completed, await ifKnown(owner));
}

/** A single response may be incomplete, and a resource that is removed would be created again, with a reset. */
async function lookAgain({ client, instanceId, deadline }: InstanceContext): Promise<InstanceStatus | undefined> {
  await deadline.clock.sleep(pollMs);
  return describeInstance(client, instanceId, deadline);
}

/**
 * Other credentials may merely lack access to the instance: it counts as gone only if credentials of the same Tencent
 * Cloud account cannot see it.
 */
function isGone({ log }: InstanceContext, { ownerAccountId }: State, currentAccountId: string | undefined): boolean {
  if (ownerAccountId !== undefined && ownerAccountId === currentAccountId) {
    log.info("the instance is gone, so the resource is removed from the state");
    return true;
  }
  log.warn(
    `the instance was not found and is kept in the state, since its Tencent Cloud account is ${ownerAccountId ?? "unknown"} ` +
      `and the one of these credentials is ${currentAccountId ?? "unknown"}. Use credentials of its Tencent Cloud account, ` +
      "or run `pulumi state delete` if the instance is deleted.",
  );
  return false;
}

/** Waits for a limited time until unfinished tasks, which may still set another password, have ended. */
async function settledComparison(
  session: Session,
  service: InstanceContext,
  instance: InstanceStatus,
  props: State,
): Promise<Comparison> {
  const { clock } = service.deadline;
  const giveUpAt = clock.elapsedMs() + othersMs;
  // A failed read is logged only the first time.
  let asked = service;
  for (let justRead: InstanceStatus | undefined = instance; ; justRead = undefined) {
    // Resources that are refreshed at the same time may have noted theirs since.
    const ownTaskIds = tasksOfOtherAccounts(session, props);
    const found = await compareWithService(
      asked,
      props,
      { isJudged: props.unchecked === undefined, ownTaskIds },
      justRead,
    );
    for (const { taskId } of found.ignored) asked.log.warn(overADayOld(taskId));
    asked = { ...service, log: silentLog };
    if (found.reason !== undefined || found.unfinished.length === 0) return found;
    if (clock.elapsedMs() >= giveUpAt) return giveUp(service, found);
    await clock.sleep(pollMs);
  }
}

/** No task names its account, but a state knows whose password its task sets. */
function noteTask(session: Session, identity: AccountIdentity, { taskId }: State): void {
  if (taskId === undefined) return;
  const notes = session.notes.onInstance(identity);
  notes.recordedTasks = new Map(notes.recordedTasks).set(taskId, identity.account ?? defaultAccount);
}

function tasksOfOtherAccounts(session: Session, { region, instanceId, account = defaultAccount }: State): number[] {
  const { recordedTasks = new Map<number, string>() } = session.notes.onInstance({ region, instanceId });
  return [...recordedTasks].filter(([, taskAccount]) => taskAccount !== account).map(([taskId]) => taskId);
}

/**
 * A task that has not ended by then counts as drift, except for a change of an account, which may be another account.
 */
function giveUp({ log }: InstanceContext, found: Comparison): Comparison {
  const isChange = ({ type }: ListedTask) => type === taskTypes.accountChange;
  const reset = found.unfinished.find((task) => !isChange(task));
  if (reset) return { ...found, reason: `task ${reset.taskId}, which may set another password, had not ended` };
  for (const { taskId } of found.unfinished)
    log.warn(`task ${taskId} had not ended, and may be a change of this account: refresh again later`);
  return found;
}

const othersMs = 20_000;
const pollMs = 2_000;

/** Fills in what could not be read before, and changes nothing else. */
function withBaseline(props: State, { baseline, isUnattributed }: Comparison): State {
  const isComplete = props.passwordTime !== undefined && props.unchecked === undefined;
  if (baseline === undefined || isComplete) return props;
  const completed = { ...props, ...baseline };
  delete completed.unchecked;
  if (props.unchecked === undefined) return completed;
  // A change by somebody else since then is indistinguishable from what was adopted or sent.
  if (props.resetAt === undefined && (isUnattributed || !isComparable(props))) return { ...completed, unproven: true };
  if (isComparable(props)) return completed;
  return { ...completed, status: "drifted", reason: "whether the password was set since the last reset is not known" };
}

/** If the accounts cannot be read, the next `up` detects a missing one. */
async function isAccountMissing({ client, instanceId, deadline }: InstanceContext, account: string): Promise<boolean> {
  try {
    return findAccount(await describeAccounts(client, instanceId, deadline), account) === undefined;
  } catch {
    return false;
  }
}

const isComparable = ({ taskId, newestTaskId, passwordTime }: State): boolean =>
  [taskId, newestTaskId, passwordTime].some((known) => known !== undefined);

/** Returns what a promise has resolved to so far, without waiting for it. */
const ifKnown = <T>(promise: Promise<T>): Promise<T | undefined> => Promise.race([promise, Promise.resolve(undefined)]);

const noAccount = (account: string): string => inSentences(`there is no account ${account}`, accountAdvice);

const willBeCompleted = ({ taskId }: State): string => `the next pulumi up completes the last reset (task ${taskId})`;

const willBeReset = (reason: string): string => `${reason}; the next pulumi up resets the password to the program's`;

/** The time limit for the reads of a refresh. */
const readSeconds = 60;
