/**
 * What Pulumi calls, in a process of its own. The serialised stub (providerStub.ts) loads this module by name, so
 * the names of these functions are a contract with every state ever written.
 *
 * A `password` here is a fingerprint, except in what check is given: check replaces it before Pulumi records
 * anything, and the password itself stays in this process's memory.
 */
import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";

import { PartialFailure, TaskError, isNotFound, isTaskError, messageOf, withoutSecrets } from "./errors";
import {
  fingerprint,
  isFingerprint,
  isKnownVersion,
  matches,
  recallPassword,
  rememberPassword,
  rememberWithheld,
  versionOf,
  wasChecked,
} from "./fingerprint";
import { type Inputs, problemsOf, surelyAcceptedLength, unknownValue } from "./inputs";
import { clientFor, defaultTimeoutSeconds, setPulumiConfig } from "./settings";
import { type Deadline, deadlineIn } from "./tencentcloud/deadline";
import { instanceExists, resetPassword } from "./tencentcloud/redis";
import { mayHaveBeenDone } from "./tencentcloud/retry";
import { waitForTask } from "./tencentcloud/task";

/** The outputs, as the state holds them. */
interface State {
  readonly instanceId: string;
  readonly region: string;
  readonly triggers: Readonly<Record<string, string>>;
  /** Of the password that the reset below has sent. */
  readonly passwordFingerprint: string;
  readonly taskId: number;
  readonly requestId: string;
  /** When the service accepted the reset: ISO 8601, UTC. */
  readonly resetAt: string;
  /** `pending`: accepted, its task had not ended yet. `failed`: which password is set is not known. */
  readonly status: "done" | "pending" | "failed";
  /** The credentials profile that the last reset used, for a refresh to use too. */
  readonly profile?: string;
}

/** Pulumi adds the serialised provider to what it hands over, and needs it back after a partial failure. */
type WithProvider<T> = T & { readonly __provider: string };

/** What a difference between the recorded outputs and the checked inputs amounts to. */
type Plan =
  | { readonly kind: "nothing" }
  | { readonly kind: "complete" }
  | { readonly kind: "reset"; readonly reasons: string[] }
  | { readonly kind: "replace"; readonly fields: string[]; readonly reasons: string[] };

export function configure({ config }: ConfigureRequest): void {
  setPulumiConfig((name) => config.get(name));
}

/** Validates, and puts a fingerprint in the place of the password. Needs no network and no credentials. */
export function check(olds: Partial<Inputs>, news: WithProvider<Record<string, unknown>>): CheckResult {
  const recorded = isFingerprint(olds.password) ? olds.password : undefined;
  // What ignoreChanges hands over: it means unchanged, and is never taken for a password.
  const isRecorded = recorded !== undefined && news.password === recorded;
  const problems = [
    ...problemsOf(isFingerprint(news.password) ? withPassword(news, unknownValue) : news),
    ...(isFingerprint(news.password) && !isRecorded ? [foreignFingerprint] : []),
    ...(recorded !== undefined && !isKnownVersion(recorded) ? [newerVersion(recorded)] : []),
  ];
  // Without a result, Pulumi would go on with what it gave, the password among it.
  if (problems.length > 0) return { inputs: {}, failures: problems.map(toFailure) };
  if (!isRecorded) return { inputs: withPassword(news, passwordToRecord(olds, news as unknown as Inputs)) };
  rememberWithheld(recorded);
  return { inputs: news };
}

/** Says whether anything is to be done, and prints what and why: Pulumi shows a changed secret only as `[secret]`. */
export function diff(_id: string, olds: State, news: Inputs): DiffResult {
  const plan = planFor(olds, news);
  // A refresh compares what is recorded: nothing is about to happen, and there is no password to ask for.
  if (news.password === unknownValue || wasChecked(news.password)) announce(plan, olds, news);
  if (plan.kind === "replace") return { changes: true, replaces: plan.fields };
  return { changes: plan.kind !== "nothing" };
}

/** @throws Error when the plan needs a password and there is none */
function announce(plan: Plan, olds: State, news: Inputs): void {
  if (plan.kind === "complete") say(olds, `the last reset will be completed (task ${olds.taskId} had not ended)`);
  if (plan.kind !== "reset" && plan.kind !== "replace") return;
  requirePassword(news, plan.reasons);
  const reasons = plan.reasons.join(", ");
  if (plan.kind === "reset") say(olds, `the password will be reset (${reasons})`);
  else say(olds, `will be left as it is, ${target(olds, news)} gets the password (${reasons})`);
}

function target(olds: State, news: Inputs): string {
  return news.instanceId === olds.instanceId ? `${news.instanceId} in ${news.region}` : "another instance";
}

export async function create(news: WithProvider<Inputs>): Promise<CreateResult> {
  return { id: idOf(news), outs: await reset(news, deadlineOf(news)) };
}

/** Also called without any difference, after a failure: what is to be done follows from the state alone. */
export async function update(_id: string, olds: State, news: WithProvider<Inputs>): Promise<UpdateResult> {
  const plan = planFor(olds, news);
  const deadline = deadlineOf(news);
  switch (plan.kind) {
    case "nothing":
      return { outs: olds };
    case "complete":
      return { outs: await complete(olds, news, deadline) };
    case "reset":
      if (olds.status === "pending") await waitForEnd(olds, news, deadline);
      return { outs: await resetAgain(olds, news, deadline) };
    case "replace":
      throw new Error(`${plan.fields.join(" and ")} cannot be changed in place`);
  }
}

/** Whether the instance is still there. What its password is cannot be read. */
export async function read(id: string, props: State): Promise<ReadResult> {
  const [region = "", instanceId = ""] = id.split("/");
  const client = clientFor({ instanceId, region, profile: props.profile });
  const exists = await instanceExists(client, instanceId, deadlineIn(readSeconds));
  return exists ? { id, props } : { id: "" };
}

/** A refresh waits so long for an answer. */
const readSeconds = 60;

/** Touches nothing: an instance without a password would be open, and any other password would be a surprise. */
function forget(_id: string, props: State): void {
  say(props, "nothing was changed, the instance keeps its password");
}
export { forget as delete };

// The steps of a reset

/** Sends the password, and waits until it is set. */
async function reset(news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  const { instanceId, region, triggers = {}, profile } = news;
  const password = recallPassword(news.password);
  if (password === undefined) throw new Error("No password was given to this run, nothing was sent");
  const client = clientFor(news);
  const accepted = await resetPassword(client, { instanceId, password }, deadline);
  const resetAt = new Date().toISOString();
  const passwordFingerprint = news.password;
  const state = { instanceId, region, triggers, passwordFingerprint, ...accepted, resetAt, status: "pending" } as const;
  return waitForReset(profile === undefined ? state : { ...state, profile }, news, deadline);
}

/** A reset of a resource that is recorded: a lost answer must be recorded too, for the password may be either. */
async function resetAgain(olds: State, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  try {
    return await reset(news, deadline);
  } catch (error) {
    if (!mayHaveBeenDone(error)) throw error;
    const reason = `${messageOf(error)}; run pulumi up again to send it again`;
    throw partialFailure({ ...olds, status: "failed" }, news, reason);
  }
}

/** Goes on where an earlier run stopped waiting. If that reset came to nothing, this one sends it again. */
async function complete(olds: State, news: WithProvider<Inputs>, deadline: Deadline): Promise<State> {
  try {
    return await waitForReset(olds, news, deadline, isOver);
  } catch (error) {
    if (!isOver(error)) throw error;
    say(olds, `the last reset has failed and is sent again (${messageOf(error)})`);
    return resetAgain({ ...olds, status: "failed" }, news, deadline);
  }
}

/** Waits for a reset that another one is about to follow: which way it ends does not matter. */
async function waitForEnd(olds: State, news: WithProvider<Inputs>, deadline: Deadline): Promise<void> {
  await waitForReset(olds, news, deadline, isOver).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
}

/**
 * Waits for the task of an accepted reset. A task that failed has set nothing; whatever else ends the waiting
 * leaves the resource recorded as pending, so that the next run waits for the same task.
 */
async function waitForReset(
  pending: State,
  news: WithProvider<Inputs>,
  deadline: Deadline,
  isEnd: (error: unknown) => boolean = isTaskError,
): Promise<State> {
  try {
    await waitForTask(clientFor(news), pending.taskId, deadline);
    return { ...pending, status: "done" };
  } catch (error) {
    if (isTaskError(error)) throw withoutPassword(error, news);
    if (isEnd(error)) throw error;
    throw partialFailure(pending, news, `${messageOf(error)}; run pulumi up again to go on waiting for it`);
  }
}

const deadlineOf = ({ timeoutSeconds = defaultTimeoutSeconds }: Inputs): Deadline => deadlineIn(timeoutSeconds);

/** The service's words about a task could repeat the password that was sent. */
function withoutPassword({ taskId, status, taskMessage }: TaskError, { password }: Inputs): TaskError {
  return new TaskError(taskId, status, withoutSecrets(taskMessage, [recallPassword(password)]));
}

/** Whether the task of an earlier run is known to have ended without success, or is not known at all any more. */
const isOver = (error: unknown): boolean => isTaskError(error) || isNotFound(error);

function partialFailure(state: State, { __provider }: WithProvider<Inputs>, reason: string): PartialFailure {
  return new PartialFailure(idOf(state), { ...state, __provider }, reason);
}

// What is to be done

/** Compares with the outputs: after a failed update the inputs hold what that update wanted, the outputs what is. */
function planFor(olds: State, news: Inputs): Plan {
  const fields = (["instanceId", "region"] as const).filter((field) => olds[field] !== news[field]);
  if (fields.length > 0) return { kind: "replace", fields, reasons: fields.map((field) => change(field, news[field])) };
  const reasons = [
    ...passwordReasons(olds, news),
    ...triggerReasons(olds.triggers, news.triggers ?? {}),
    ...(olds.status === "failed" ? ["the last reset may not have been carried out"] : []),
  ];
  if (reasons.length > 0) return { kind: "reset", reasons };
  return { kind: olds.status === "pending" ? "complete" : "nothing" };
}

function passwordReasons(olds: State, news: Inputs): string[] {
  if (news.password === olds.passwordFingerprint) return [];
  const password = recallPassword(news.password);
  const same = password !== undefined && matches(password, olds, olds.passwordFingerprint);
  return same ? [] : [change("password", news.password)];
}

function triggerReasons(olds: State["triggers"], news: State["triggers"] | string): string[] {
  if (typeof news === "string") return [change("triggers", news)];
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter((name) => olds[name] !== news[name]).map((name) => change(`trigger ${name}`, news[name]));
}

/** With `ignoreChanges` on the password, Pulumi hands over the recorded fingerprint: there is nothing to send. */
function requirePassword(news: Inputs, reasons: readonly string[]): void {
  if (news.password === unknownValue || recallPassword(news.password) !== undefined) return;
  const error = new Error(
    `The password would have to be reset (${reasons.join(", ")}), but this run has none: ` +
      "take password out of ignoreChanges for this run",
  );
  // Pulumi prints the stack of what diff throws; here it would only hide the sentence.
  error.stack = "";
  throw error;
}

// The password and its fingerprint

function passwordToRecord(olds: Partial<Inputs>, news: Inputs): string {
  if ([news.password, news.instanceId, news.region].includes(unknownValue)) return unknownValue;
  const { password } = news;
  return rememberPassword(password, recordedFingerprint(olds, news) ?? newFingerprint(news));
}

/** The fingerprint that is recorded already, whatever its version, where it is one of this very password. */
function recordedFingerprint(olds: Partial<Inputs>, news: Inputs): string | undefined {
  const isSameInstance = olds.instanceId === news.instanceId && olds.region === news.region;
  const same = isSameInstance && isFingerprint(olds.password) && matches(news.password, news, olds.password);
  return same ? olds.password : undefined;
}

function newFingerprint(news: Inputs): string {
  if (news.password.length > surelyAcceptedLength) {
    say(news, `the password has more than ${surelyAcceptedLength} characters, which some instances refuse`);
  }
  return fingerprint(news.password, news);
}

const foreignFingerprint = "password: is a fingerprint out of a state, not a password";

const newerVersion = (recorded: string): string =>
  `password: the state holds a fingerprint of version ${versionOf(recorded)}, which this version of ` +
  "pulumi-tencentcloud-redis does not know: install the newer one that wrote it";

// Small things

/** No property is named to Pulumi, which would print its value: even a trigger can be a secret. */
const toFailure = (reason: string): { property: string; reason: string } => ({ property: "", reason });

function withPassword<T extends object>(inputs: T, password: string): T {
  return { ...inputs, password };
}

const idOf = ({ region, instanceId }: Pick<Inputs, "region" | "instanceId">): string => `${region}/${instanceId}`;

const change = (name: string, value: unknown): string =>
  `${name} ${value === unknownValue ? "not known yet" : "changed"}`;

/** Pulumi shows the standard output of this process as information. */
const say = ({ instanceId }: Pick<Inputs, "instanceId">, text: string): void => console.log(`${instanceId}: ${text}`);
