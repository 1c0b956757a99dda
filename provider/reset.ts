import { adoptionBaseline, resetBaseline } from "./drift";
import { PartialFailure, TaskError, isNotFound, isTaskError, messageOf, withoutSecrets } from "./errors";
import { recallPassword } from "./fingerprint";
import type { Inputs } from "./inputs";
import { clientFor, defaultTimeoutSeconds } from "./settings";
import { type ResetState, type State, type WithProvider, idOf, say } from "./state";
import { type Deadline, deadlineIn } from "./tencentcloud/deadline";
import { type TaskInfo, describeInstance, lostAndThen, resetPassword } from "./tencentcloud/redis";
import { mayHaveBeenDone } from "./tencentcloud/retry";
import { waitForTask } from "./tencentcloud/task";
import { verifyPassword } from "./verify";

/** Sends the password, and waits until it is set. */
export async function reset(news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const { instanceId, region, triggers = {}, profile } = news;
  const password = requirePassword(news);
  const accepted = await resetPassword(clientFor(news), { instanceId, password }, deadline);
  const state: ResetState = {
    instanceId,
    region,
    triggers,
    passwordFingerprint: news.password,
    taskId: accepted.taskId,
    requestId: accepted.requestId,
    resetAt: new Date(accepted.acceptedAtMs).toISOString(),
    status: "pending",
    ...(profile !== undefined && { profile }),
  };
  const task = await waitForEnd(state, news, deadline).catch((error: unknown) => {
    throw accepted.lost && isTaskError(error) ? lostAndThen(accepted.lost, error) : error;
  });
  return finish(state, task, news, deadline);
}

/** Records the instance with the password that the program gives, and resets nothing. */
export async function adopt(news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const { instanceId, region, triggers = {}, profile } = news;
  requirePassword(news);
  const client = clientFor(news);
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) throw new Error(`There is no instance ${instanceId} in ${region} to adopt`);
  if (instance.isPasswordFree) {
    throw new Error(`${instanceId} is in password-free mode, there is no password to adopt: set onCreate to "reset"`);
  }
  const refusal = await refusalBy(news, deadline);
  if (refusal !== undefined) throw new Error(`${instanceId} is not adopted: ${refusal}`);
  const tell = (text: string): void => say(news, text);
  const baseline = await adoptionBaseline({ client, instanceId, deadline, tell });
  tell("is adopted with its password, nothing was reset");
  return {
    instanceId,
    region,
    triggers,
    passwordFingerprint: news.password,
    status: "done",
    ...baseline,
    ...(profile !== undefined && { profile }),
  };
}

/** A reset of a resource that is recorded: a lost answer must be recorded too, for the password may be either. */
export async function resetAgain(olds: State, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  try {
    return await reset(news, deadline);
  } catch (error) {
    if (!mayHaveBeenDone(error)) throw error;
    const reason = `${messageOf(error)}; run pulumi up again to send it again`;
    throw partialFailure(inDoubt(olds, "the last reset may not have been carried out"), news, reason);
  }
}

/** Goes on where an earlier run stopped waiting. If that reset came to nothing, this one sends it again. */
export async function complete(olds: ResetState, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  let task: TaskInfo;
  try {
    task = await waitForEnd(olds, news, deadline, isOver);
  } catch (error) {
    if (!isOver(error)) throw error;
    say(olds, `the last reset has failed and is sent again (${messageOf(error)})`);
    return resetAgain(olds, news, deadline);
  }
  return finish(olds, task, news, deadline);
}

/** Sends another password once the last reset has ended. Which way it ends does not matter. */
export async function resetAfter(olds: ResetState, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  await waitForEnd(olds, news, deadline, isOver).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  return resetAgain(olds, news, deadline);
}

export const deadlineOf = ({ timeoutSeconds = defaultTimeoutSeconds }: Inputs): Deadline => deadlineIn(timeoutSeconds);

/**
 * Waits for the task of an accepted reset. A task that failed has set nothing; whatever else ends the waiting
 * leaves the resource recorded as pending, so that the next run waits for the same task.
 */
async function waitForEnd(
  pending: ResetState,
  news: WithProvider<Inputs>,
  deadline: Deadline,
  isEnd: (error: unknown) => boolean = isTaskError,
): Promise<TaskInfo> {
  try {
    return await waitForTask(clientFor(news), pending.taskId, deadline);
  } catch (error) {
    if (isTaskError(error)) throw withoutPassword(error, news);
    if (isEnd(error)) throw error;
    throw partialFailure(pending, news, `${messageOf(error)}; run pulumi up again to go on waiting for it`);
  }
}

/** What is recorded of a reset that has succeeded: unless the instance refuses the password all the same. */
async function finish(
  pending: ResetState,
  task: TaskInfo,
  news: WithProvider<Inputs>,
  deadline: Deadline,
): Promise<State> {
  const done: State = { ...pending, ...resetBaseline(task, Date.parse(pending.resetAt)), status: "done" };
  const refusal = await refusalBy(news, deadline);
  if (refusal === undefined) return done;
  const reason = `Task ${pending.taskId} has succeeded, but ${refusal}; run pulumi up again to send the password again`;
  throw partialFailure(inDoubt(done, "the instance has refused the password"), news, reason);
}

/** Why the instance refuses the password, where the program asks to try it. One that cannot be asked is only told of. */
async function refusalBy(news: Inputs, deadline: Deadline): Promise<string | undefined> {
  if (!news.verify) return undefined;
  const where = `${news.verify.host}:${news.verify.port}`;
  const password = recallPassword(news.password);
  const result =
    password === undefined
      ? ({ outcome: "unknown", reason: "this run was not given it" } as const)
      : await verifyPassword(news.verify, password, deadline.remainingMs());
  if (result.outcome === "refused") return `${where} refuses the password: ${result.reason}`;
  if (result.outcome === "unknown") say(news, `the password could not be verified at ${where}: ${result.reason}`);
  return undefined;
}

function requirePassword(news: Inputs): string {
  const password = recallPassword(news.password);
  if (password === undefined) throw new Error("No password was given to this run, nothing was sent");
  return password;
}

/** The service's words about a task could repeat the password that was sent. */
function withoutPassword({ taskId, status, taskMessage }: TaskError, { password }: Inputs): TaskError {
  return new TaskError(taskId, status, withoutSecrets(taskMessage, [recallPassword(password)]));
}

/** Whether the task of an earlier run is known to have ended without success, or is not known at all any more. */
const isOver = (error: unknown): boolean => isTaskError(error) || isNotFound(error);

const inDoubt = (state: State, reason: string): State => ({ ...state, status: "failed", reason });

function partialFailure(state: State, { __provider }: WithProvider<Inputs>, reason: string): PartialFailure {
  return new PartialFailure(idOf(state), { ...state, __provider }, reason);
}
