import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { completeBaseline, newestEndedId } from "./baseline";
import { type Known, type PasswordTimes, findDrift } from "./findDrift";
import type { InstanceContext } from "../session/instanceContext";
import type { Baseline, State } from "../contract/state";
import { type InstanceStatus, describeInstance } from "../../tencentcloud/redis/describeInstance";
import { type Account, describeAccounts, findAccount } from "../../tencentcloud/redis/describeInstanceAccount";
import { listInstanceTasks } from "../../tencentcloud/redis/describeTaskList";
import { optionalReadMs } from "../../tencentcloud/redis/optionalReadMs";
import { type ListedTask, mayConcern, splitUnfinished, taskTypes } from "../../tencentcloud/redis/taskList";

/** The result of comparing a state with the service. */
export interface Comparison {
  /** Why the recorded password may no longer be the instance's, as a sentence; undefined if there is no sign of it. */
  readonly reason?: string;
  /** Whether the reason is that the instance is in password-free mode. */
  readonly isPasswordFree?: true;
  /** Whether the reason is that the instance does not have the account. */
  readonly isMissing?: true;
  /** Tasks that have not ended and may set another password. */
  readonly unfinished: readonly ListedTask[];
  /** Tasks that have been unfinished for more than a day: nothing waits for them. */
  readonly ignored: readonly ListedTask[];
  /** Whether a later change may be of this account, or of another one. */
  readonly isUnattributed?: true;
  /** The current baseline of the reset; undefined if a part of it could not be read. */
  readonly baseline?: Baseline;
}

/** Password-free mode admits everyone. */
const passwordFree = { reason: "password-free mode is on", isPasswordFree: true } as const;

/**
 * Compares the recorded state with the service. The service never returns a password, so the comparison uses when the
 * password was last set, and by which task. A failed read is a warning, and the comparison goes without it.
 *
 * @param instance the instance's status if it was read just now
 * @throws whatever reading the instance itself throws
 */
export async function compareWithService(
  service: InstanceContext,
  state: State,
  known: Known,
  instance?: InstanceStatus,
): Promise<Comparison> {
  const isDefault = service.account === undefined;
  if (instance?.isPasswordFree && isDefault) return { ...passwordFree, unfinished: [], ignored: [] };
  const { accounts, list } = await lookUpBoth(service);
  const tasks = (list?.tasks ?? []).filter((task) => mayConcern(task, service.account));
  const foreign = tasks.filter(({ taskId }) => !known.ownTaskIds?.includes(taskId));
  const { awaited: unfinished, ignored } = splitUnfinished(foreign, list?.answeredAtMs ?? 0, state.taskId);
  if (accounts?.isMissing) {
    return { reason: `the account ${service.account} was missing`, isMissing: true, unfinished, ignored };
  }
  const { reason, unattributed } = findDrift(state, list?.tasks ?? known.listed ?? [], accounts, known);
  if (reason !== undefined) return { reason, unfinished, ignored };
  if (unattributed && accounts) service.log.warn(mayBeOurs(unattributed));
  // Password-free mode may have been switched on since the instance was read.
  const isSwitch = ({ type, status, taskId }: ListedTask) =>
    type === taskTypes.passwordFree && status === "succeed" && taskId > (state.newestTaskId ?? 0);
  if (isDefault && (instance === undefined || tasks.some(isSwitch)) && (await isPasswordFree(service))) {
    return { ...passwordFree, unfinished, ignored };
  }
  const baseline = accounts && list && completeBaseline(state, list.tasks, accounts.setAt);
  return { unfinished, ignored, ...(unattributed && { isUnattributed: true }), ...(baseline && { baseline }) };
}

async function isPasswordFree({ client, instanceId, deadline }: InstanceContext): Promise<boolean> {
  const instance = await describeInstance(client, instanceId, deadline, optionalReadMs);
  return instance?.isPasswordFree === true;
}

/** Reads the baseline that later changes of an adopted password are compared with. A failed read is a warning. */
export async function adoptionBaseline(service: InstanceContext): Promise<AdoptionBaseline> {
  const { accounts, list } = await lookUpBoth(service);
  const baseline: Baseline = {
    ...(list && { newestTaskId: newestEndedId(list.tasks) }),
    ...(accounts?.setAt !== undefined && { passwordTime: accounts.setAt }),
  };
  const isComplete = accounts !== undefined && list !== undefined;
  return { baseline, isComplete, ...(accounts?.isMissing && { isMissing: true }) };
}

interface AdoptionBaseline {
  readonly baseline: Baseline;
  /** Whether all reads succeeded. */
  readonly isComplete: boolean;
  /** Whether the instance does not have the account. */
  readonly isMissing?: true;
}

function toPasswordTimes(accounts: readonly Account[], account: string | undefined): PasswordTimes {
  const own = findAccount(accounts, account);
  return {
    // Every instance has the default account, so an empty list shows nothing.
    isMissing: own === undefined && account !== undefined && accounts.length > 0,
    setAt: own?.passwordTime,
    others: accounts.filter(({ name }) => name !== own?.name),
  };
}

async function lookUpBoth(service: InstanceContext) {
  const { client, instanceId, account, deadline } = service;
  const accounts = await lookUp(service, "when the password was last set", async () =>
    toPasswordTimes(await describeAccounts(client, instanceId, deadline), account),
  );
  const list = await lookUp(service, "which tasks have set the password", () =>
    listInstanceTasks(client, instanceId, deadline),
  );
  return { accounts, list };
}

/** Warns of a failed read, and returns undefined for it. The user knows why a read fails after a cancellation. */
async function lookUp<T>(
  { log, deadline }: InstanceContext,
  what: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!deadline.clock.isCanceled?.()) log.warn(`could not read ${what}: ${errorMessage(error)}`);
    return undefined;
  }
}

const mayBeOurs = ({ taskId }: ListedTask): string =>
  `task ${taskId} changed an account of the instance, and the service does not show which: if AUTH refuses the program's ` +
  "password, change the input triggers to set it again";
