import { errorMessage } from "../tencentcloud/errors/advisingError";
import { completeBaseline, newestEndedId } from "./baseline";
import { type Known, type PasswordTimes, findDrift } from "./findDrift";
import type { InstanceContext } from "./instanceContext";
import type { Baseline, State } from "./state";
import { type InstanceStatus, describeInstance } from "../tencentcloud/redis/describeInstance";
import { type Account, describeAccounts, findAccount } from "../tencentcloud/redis/describeInstanceAccount";
import { instanceTasks } from "../tencentcloud/redis/describeTaskList";
import { optionalReadMs } from "../tencentcloud/redis/optionalReadMs";
import { type ListedTask, mayConcern, splitUnfinished, taskTypes } from "../tencentcloud/redis/taskList";

/** What a comparison of a state with the service has found. */
export interface Comparison {
  /** Why the recorded password may no longer be the instance's: a sentence, or undefined where nothing shows it. */
  readonly reason?: string;
  /** Whether the reason is that the instance is in password-free mode. */
  readonly isPasswordFree?: true;
  /** Whether the reason is that the instance does not have the account. */
  readonly isMissing?: true;
  /** Tasks that have not ended and may set another password. */
  readonly unfinished: readonly ListedTask[];
  /** Such as have not ended for over a day: nothing waits for them. */
  readonly ignored: readonly ListedTask[];
  /** What is known of the reset now, where everything could be looked up; undefined where something could not. */
  readonly baseline?: Baseline;
}

/** Of an instance that lets everybody in. */
const passwordFree = { reason: "password-free mode is on", isPasswordFree: true } as const;

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
  known: Known,
  instance?: InstanceStatus,
): Promise<Comparison> {
  const isDefault = service.account === undefined;
  if (instance?.isPasswordFree && isDefault) return { ...passwordFree, unfinished: [], ignored: [] };
  const { accounts, list } = await lookUpBoth(service);
  const tasks = (list?.tasks ?? []).filter((task) => mayConcern(task, service.account));
  const { awaited: unfinished, ignored } = splitUnfinished(tasks, list?.answeredAtMs ?? 0, state.taskId);
  if (accounts?.isMissing) {
    return { reason: `the account ${service.account} was missing`, isMissing: true, unfinished, ignored };
  }
  const { reason, unattributed } = findDrift(state, list?.tasks ?? [], accounts, known);
  if (reason !== undefined) return { reason, unfinished, ignored };
  if (unattributed && accounts) service.log.warn(mayBeOurs(unattributed));
  // The mode may have been switched on since the instance was looked at.
  const isSwitch = ({ type, status, taskId }: ListedTask) =>
    type === taskTypes.passwordFree && status === "succeed" && taskId > (state.newestTaskId ?? 0);
  if (isDefault && (instance === undefined || tasks.some(isSwitch)) && (await isPasswordFree(service))) {
    return { ...passwordFree, unfinished, ignored };
  }
  const baseline = accounts && list && completeBaseline(state, list.tasks, accounts.setAt);
  return { unfinished, ignored, ...(baseline && { baseline }) };
}

async function isPasswordFree({ client, instanceId, deadline }: InstanceContext): Promise<boolean> {
  const instance = await describeInstance(client, instanceId, deadline, optionalReadMs);
  return instance?.isPasswordFree === true;
}

/** Looks up what an adopted password's later changes are told from. What cannot be looked up is shown. */
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
  /** Whether everything could be looked up. */
  readonly isComplete: boolean;
  /** Whether the instance does not have the account. */
  readonly isMissing?: true;
}

function toPasswordTimes(accounts: readonly Account[], account: string | undefined): PasswordTimes {
  const own = findAccount(accounts, account);
  return {
    // Every instance has the default account.
    isMissing: own === undefined && account !== undefined,
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
    instanceTasks(client, instanceId, deadline),
  );
  return { accounts, list };
}

/** Logs what could not be looked up, and returns undefined for it. */
async function lookUp<T>({ log }: InstanceContext, what: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    log.info(`could not read ${what}: ${errorMessage(error)}`);
    return undefined;
  }
}

const mayBeOurs = ({ taskId }: ListedTask): string =>
  `task ${taskId} has changed an account since, and the service does not show whether it was this one: if it was, change a ` +
  "trigger to set the password again";
