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

import { driftOf } from "./drift";
import { endWithEngine } from "./endWithEngine";
import { sentence, withoutStack } from "./errors";
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
import { type Plan, planFor, reasonOf } from "./plan";
import { adopt, complete, deadlineOf, resetAfter, resetAgain, resetFirst, serviceFor, withoutIgnoring } from "./reset";
import { setPulumiConfig } from "./settings";
import { type ResetState, type State, type WithProvider, idOf, requireKnownState, say } from "./state";
import { deadlineIn } from "./tencentcloud/deadline";
import { describeInstance } from "./tencentcloud/redis";

export function configure({ config }: ConfigureRequest): void {
  endWithEngine();
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
  requireKnownState(olds);
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
  else say(olds, `will be left as it is, ${target(olds, news)} ${willGet(news)} (${reasons})`);
}

function target(olds: State, news: Inputs): string {
  return news.instanceId === olds.instanceId ? `${news.instanceId} in ${news.region}` : "another instance";
}

const willGet = ({ onCreate }: Inputs): string =>
  onCreate === "adopt" ? "will be adopted with its password" : "gets the password";

export async function create(news: WithProvider<Inputs>): Promise<CreateResult> {
  const begin = news.onCreate === "adopt" ? adopt : resetFirst;
  return { id: idOf(news), outs: await begin(news, deadlineOf(news)) };
}

/** Also called without any difference, after a failure: what is to be done follows from the state alone. */
export async function update(_id: string, olds: State, news: WithProvider<Inputs>): Promise<UpdateResult> {
  requireKnownState(olds);
  const plan = planFor(olds, news);
  const deadline = deadlineOf(news);
  switch (plan.kind) {
    case "nothing":
      return { outs: olds };
    case "complete":
      return { outs: await complete(olds as ResetState, news, deadline) };
    case "reset": {
      const again = olds.status === "pending" ? resetAfter : resetAgain;
      return { outs: await again(olds as ResetState, news, deadline) };
    }
    case "replace":
      throw new Error(`${plan.fields.join(" and ")} cannot be changed in place`);
  }
}

/**
 * Whether the instance is still there, and whether its password may have been set by somebody else since. A reset that
 * is pending or in doubt stays so: the next up deals with it.
 */
export async function read(id: string, props: State): Promise<ReadResult> {
  requireKnownState(props);
  try {
    return await compare(id, props);
  } catch (error) {
    throw withoutStack(error);
  }
}

async function compare(id: string, props: State): Promise<ReadResult> {
  const [region, instanceId] = id.split("/");
  if (!region || !instanceId) throw sentence(`The id ${id} is not one of this package: <region>/<instanceId>`);
  const service = serviceFor({ instanceId, region, profile: props.profile }, deadlineIn(readSeconds));
  const { client, deadline, tell } = service;
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) {
    tell("is gone");
    return { id: "" };
  }
  if (props.status !== "done") {
    tell(props.status === "pending" ? willBeCompleted(props) : willBeReset(reasonOf(props)));
    return { id, props };
  }
  const reason = await driftOf(service, instance, props);
  if (reason === undefined) return { id, props };
  tell(willBeReset(reason));
  return { id, props: { ...props, status: "drifted", reason } };
}

const willBeCompleted = ({ taskId }: State): string =>
  `the next pulumi up waits for the last reset (task ${taskId} had not ended)`;

const willBeReset = (reason: string): string => `${reason}; the next pulumi up resets the password`;

/** A refresh waits so long for its answers. */
const readSeconds = 60;

/** Touches nothing: an instance without a password would be open, and any other password would be a surprise. */
function forget(_id: string, props: State): void {
  say(props, "nothing was changed, the instance keeps its password");
}
export { forget as delete };

/** With `ignoreChanges` on the password, Pulumi hands over the recorded fingerprint: there is nothing to send. */
function requirePassword(news: Inputs, reasons: readonly string[]): void {
  if (news.password === unknownValue || recallPassword(news.password) !== undefined) return;
  throw sentence(
    `The password would have to be reset (${reasons.join(", ")}), but this run has none: ${withoutIgnoring}`,
  );
}

// The password and its fingerprint

function passwordToRecord(olds: Partial<Inputs>, news: Inputs): string {
  if ([news.password, news.instanceId, news.region].includes(unknownValue)) return unknownValue;
  const { password } = news;
  return rememberPassword(password, recordedFingerprint(olds, news) ?? newFingerprint(news));
}

/** The fingerprint that is recorded already, whatever its version, where it is one of this very password. */
function recordedFingerprint(olds: Partial<Inputs>, news: Inputs): string | undefined {
  const same = isFingerprint(olds.password) && matches(news.password, news, olds.password);
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
