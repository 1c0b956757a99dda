import { type Service, adoptionBaseline, driftOf, lateBaseline, resetBaseline } from "./drift";
import { PartialFailure, TaskError, isNotFound, isTaskError, messageOf, withoutSecrets } from "./errors";
import type { Inputs } from "./inputs";
import type { ClientUser, Session } from "./session";
import { defaultTimeoutSeconds } from "./settings";
import { type ResetState, type State, type WithProvider, idOf, stateVersion } from "./state";
import type { Deadline } from "./tencentcloud/deadline";
import { type TaskInfo, describeInstance, lostAndThen, resetPassword } from "./tencentcloud/redis";
import { mayHaveBeenDone } from "./tencentcloud/retry";
import { waitForTask } from "./tencentcloud/task";
import { verifyPassword } from "./verify";

/** The reset of a resource that is not recorded yet. */
export const resetFirst = (session: Session, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> =>
  resetAgain(session, { ...stateOf(news), status: "failed" }, news, deadline);

/** Records the instance with the password that the program gives, and resets nothing. */
export async function adopt(session: Session, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const { instanceId, region } = news;
  requirePassword(session, news);
  const service = serviceFor(session, news, deadline);
  const instance = await describeInstance(service.client, instanceId, deadline);
  if (!instance) throw new Error(`There is no instance ${instanceId} in ${region} to adopt`);
  if (instance.isPasswordFree) {
    throw new Error(`${instanceId} is in password-free mode, there is no password to adopt: set onCreate to "reset"`);
  }
  const refusal = await refusalBy(session, news, deadline);
  if (refusal !== undefined) throw new Error(`${instanceId} is not adopted: ${refusal}`);
  const baseline = await adoptionBaseline(service);
  session.say(news, "is adopted with its password, nothing was reset");
  return { ...stateOf(news), status: "done", ...baseline };
}

/** Sends the password, and waits until it is set. A lost answer must be recorded too, for either password may be set. */
export async function resetAgain(
  session: Session,
  olds: State,
  news: WithProvider<Inputs>,
  deadline: Deadline,
): Promise<State> {
  try {
    return await reset(session, news, deadline);
  } catch (error) {
    if (!mayHaveBeenDone(error)) throw error;
    const reason = `${messageOf(error)}; run pulumi up again to send it again`;
    throw partialFailure(inDoubt(olds, "the last reset may not have been carried out"), news, reason);
  }
}

/** Goes on where an earlier run stopped waiting. If that reset came to nothing, this one sends it again. */
export async function complete(
  session: Session,
  olds: ResetState,
  news: WithProvider<Inputs>,
  deadline: Deadline,
): Promise<State> {
  let task: TaskInfo;
  try {
    task = await waitForEnd(session, olds, news, deadline, isOver);
  } catch (error) {
    if (!isOver(error)) throw error;
    session.say(olds, `the last reset has failed and is sent again (${messageOf(error)})`);
    return resetAgain(session, olds, news, deadline);
  }
  const found = await sinceThen(session, olds, task, news, deadline);
  if (found.status === "done") return verified(session, found, news, deadline);
  const reason = found.reason ?? "";
  if (session.passwords.recall(news.password) === undefined)
    throw partialFailure(found, news, `${reason}; ${withoutIgnoring}`);
  session.say(olds, `the password is sent again (${reason})`);
  return resetAgain(session, found, news, deadline);
}

/** Sends another password once the last reset has ended. Which way it ends does not matter. */
export async function resetAfter(
  session: Session,
  olds: ResetState,
  news: WithProvider<Inputs>,
  deadline: Deadline,
): Promise<State> {
  await waitForEnd(session, olds, news, deadline, isOver).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  return resetAgain(session, olds, news, deadline);
}

export const deadlineOf = (session: Session, { timeoutSeconds = defaultTimeoutSeconds }: Inputs): Deadline =>
  session.deadlineIn(timeoutSeconds);

/**
 * Waits for the task of an accepted reset. A task that failed has set nothing; whatever else ends the waiting
 * leaves the resource recorded as pending, so that the next run waits for the same task.
 */
async function waitForEnd(
  session: Session,
  pending: ResetState,
  news: WithProvider<Inputs>,
  deadline: Deadline,
  isEnd: (error: unknown) => boolean = isTaskError,
): Promise<TaskInfo> {
  try {
    return await waitForTask(session.clientFor(news), pending.taskId, deadline, session.taskReaderFor(news));
  } catch (error) {
    if (isTaskError(error)) throw withoutPassword(session, error, news);
    if (isEnd(error)) throw error;
    throw partialFailure(pending, news, `${messageOf(error)}; run pulumi up again to go on waiting for it`);
  }
}

async function reset(session: Session, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const password = requirePassword(session, news);
  const accepted = await resetPassword(session.clientFor(news), { instanceId: news.instanceId, password }, deadline);
  const pending: ResetState = {
    ...stateOf(news),
    taskId: accepted.taskId,
    requestId: accepted.requestId,
    resetAt: new Date(accepted.acceptedAtMs).toISOString(),
    status: "pending",
  };
  const task = await waitForEnd(session, pending, news, deadline).catch((error: unknown) => {
    throw accepted.lost && isTaskError(error) ? lostAndThen(accepted.lost, error) : error;
  });
  return verified(
    session,
    { ...pending, ...resetBaseline(task, accepted.acceptedAtMs), status: "done" },
    news,
    deadline,
  );
}

/** What is recorded in any case. */
const stateOf = ({ instanceId, region, triggers = {}, profile, password }: Inputs): Omit<State, "status"> => ({
  stateVersion,
  instanceId,
  region,
  triggers,
  passwordFingerprint: password,
  ...(profile !== undefined && { profile }),
});

/** A reset that has succeeded is done, unless the instance refuses the password all the same. */
async function verified(session: Session, done: State, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const refusal = await refusalBy(session, news, deadline);
  if (refusal === undefined) return done;
  const reason = `Task ${done.taskId} has succeeded, but ${refusal}; run pulumi up again to send the password again`;
  throw partialFailure(inDoubt(done, "the instance has refused the password"), news, reason);
}

/** How it stands with a reset of an earlier run that has succeeded: much may have happened since. */
async function sinceThen(
  session: Session,
  pending: ResetState,
  task: TaskInfo,
  news: WithProvider<Inputs>,
  deadline: Deadline,
): Promise<State> {
  const service = serviceFor(session, news, deadline);
  try {
    const done: State = { ...pending, ...(await lateBaseline(service, pending.taskId, task)), status: "done" };
    const instance = await describeInstance(service.client, news.instanceId, deadline);
    const reason = await driftOf(service, instance, done);
    return reason === undefined ? done : { ...done, status: "drifted", reason };
  } catch (error) {
    service.tell(`whether the password was set since could not be looked at: ${messageOf(error)}`);
    return { ...pending, status: "done" };
  }
}

/** The service, to be asked about an instance until the deadline. */
export const serviceFor = (session: Session, user: ClientUser, deadline: Deadline): Service => ({
  client: session.clientFor(user),
  instanceId: user.instanceId,
  deadline,
  tell: (text) => session.say(user, text),
});

/** Why the instance refuses the password, where the program asks to try it. One that cannot be asked is only told of. */
async function refusalBy(session: Session, news: Inputs, deadline: Deadline): Promise<string | undefined> {
  if (!news.verify) return undefined;
  const where = `${news.verify.host}:${news.verify.port}`;
  const password = session.passwords.recall(news.password);
  const result =
    password === undefined
      ? ({ outcome: "unknown", reason: "this run was not given it" } as const)
      : await verifyPassword(news.verify, password, deadline.remainingMs());
  if (result.outcome === "refused") return `${where} refuses the password: ${result.reason}`;
  if (result.outcome === "unknown")
    session.say(news, `the password could not be verified at ${where}: ${result.reason}`);
  return undefined;
}

/** What to do about a password that Pulumi does not hand over. */
export const withoutIgnoring = "take password out of ignoreChanges for this run";

function requirePassword(session: Session, news: Inputs): string {
  const password = session.passwords.recall(news.password);
  if (password === undefined) throw new Error("No password was given to this run, nothing was sent");
  return password;
}

/** The service's words about a task could repeat the password that was sent. */
function withoutPassword(
  session: Session,
  { taskId, status, taskMessage }: TaskError,
  { password }: Inputs,
): TaskError {
  return new TaskError(taskId, status, withoutSecrets(taskMessage, [session.passwords.recall(password)]));
}

/** Whether the task of an earlier run is known to have ended without success, or is not known at all any more. */
const isOver = (error: unknown): boolean => isTaskError(error) || isNotFound(error);

const inDoubt = (state: State, reason: string): State => ({ ...state, status: "failed", reason });

function partialFailure(state: State, { __provider }: WithProvider<Inputs>, reason: string): PartialFailure {
  return new PartialFailure(idOf(state), { ...state, __provider }, reason);
}
