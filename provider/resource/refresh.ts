import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { unproven } from "./adopt";
import { type Comparison, compareWithService } from "./drift";
import { overADayOld } from "./otherTasks";
import { sentence, withoutStack } from "./withoutStack";
import { inSentences } from "../tencentcloud/errors/advisingError";
import { instanceAdvice } from "../tencentcloud/errors/errors";
import { oneLine } from "../tencentcloud/errors/terminalText";
import type { Service } from "./service";
import type { Session } from "./session";
import { type State, requireKnownState, doubtReason } from "./state";
import { type Instance, describeInstance } from "../tencentcloud/redis/describeInstance";

/**
 * Whether the instance is still there, and whether its password may have been set by somebody else since. A reset that
 * is pending or in doubt stays so: the next up deals with it.
 */
export async function refresh(session: Session, id: string, props: State): Promise<ReadResult> {
  requireKnownState(props);
  try {
    return await compare(session, id, props);
  } catch (error) {
    throw withoutStack(error);
  }
}

async function compare(session: Session, id: string, props: State): Promise<ReadResult> {
  const [region, instanceId] = id.split("/");
  if (!region || !instanceId) throw sentence(`The id ${oneLine(id)} is not one of this package: <region>/<instanceId>`);
  const user = { instanceId, region, profile: props.profile };
  const service = session.serviceFor(user, session.deadlineIn(readSeconds));
  const { client, deadline, say } = service;
  // A state that does not tell it yet is completed, if the answer is there in time.
  const owner = props.ownerAccountId === undefined ? session.ownerAccountIdFor(user) : Promise.resolve(undefined);
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) return isGone(service, props, await session.ownerAccountIdFor(user)) ? { id: "" } : { id, props };
  if (instance.condition !== "usable")
    say(inSentences(`the instance is ${instance.condition}`, instanceAdvice[instance.condition]));
  if (instance.isPasswordFree) session.notesOn(user).isPasswordFree = true;
  if (props.unproven) say(`warning: ${unproven}`);
  if (props.status !== "done") {
    const isWaitedFor = props.status === "pending" && props.taskId !== undefined;
    say(isWaitedFor ? willBeCompleted(props) : willBeReset(doubtReason(props)));
    return { id, props };
  }
  const { reason, baseline } = await settledComparison(service, instance, props);
  if (reason !== undefined) {
    say(willBeReset(reason));
    return { id, props: { ...props, status: "drifted", reason } };
  }
  const completed = withBaseline(props, baseline);
  if (completed.unproven && !props.unproven) say(`warning: ${unproven}`);
  if (completed.status === "drifted") say(willBeReset(doubtReason(completed)));
  return { id, props: withOwnerAccountId(completed, await ifKnown(owner)) };
}

/** Other credentials may simply not see the instance: it is gone where those of its own account do not see it. */
function isGone({ say }: Service, { ownerAccountId }: State, currentAccountId: string | undefined): boolean {
  if (ownerAccountId !== undefined && ownerAccountId === currentAccountId) {
    say("is gone");
    return true;
  }
  const whose = (accountId: string | undefined) => accountId ?? "an unknown account";
  say(
    `warning: the instance was not found and is kept in the state, since it belongs to ${whose(ownerAccountId)} and ` +
      `these credentials to ${whose(currentAccountId)}. If the instance is deleted, run \`pulumi state delete\`.`,
  );
  return false;
}

/** A task that has not ended may set another password yet: a while is waited for its end, then it counts as drift. */
async function settledComparison(service: Service, instance: Instance, props: State): Promise<Comparison> {
  const { clock } = service.deadline;
  const giveUpAt = clock.now() + othersMs;
  // What cannot be looked up is said the first time.
  let asked = service;
  for (let known: Instance | undefined = instance; ; known = undefined) {
    const found = await compareWithService(asked, props, known);
    for (const { taskId } of found.ignored) asked.say(`warning: ${overADayOld(taskId)}`);
    asked = { ...service, say: () => undefined };
    const [other] = found.unfinished;
    if (found.reason !== undefined || !other) return found;
    if (clock.now() >= giveUpAt) {
      return { ...found, reason: `task ${other.taskId}, which may set another password, had not ended` };
    }
    await clock.sleep(pollMs);
  }
}

const othersMs = 20_000;
const pollMs = 2_000;

/** Completes what could not be looked up before, and touches nothing else. */
function withBaseline(props: State, baseline: Comparison["baseline"]): State {
  const isComplete = props.passwordTime !== undefined && props.unchecked === undefined;
  if (baseline === undefined || isComplete) return props;
  const completed = { ...props, ...baseline };
  delete completed.unchecked;
  if (props.unchecked === undefined || isComparable(props)) return completed;
  // What somebody else has set since cannot be told from what was adopted, or sent.
  if (props.resetAt === undefined) return { ...completed, unproven: true };
  return { ...completed, status: "drifted", reason: "whether the password was set since the last reset is not known" };
}

const isComparable = ({ taskId, newestTaskId, passwordTime }: State): boolean =>
  [taskId, newestTaskId, passwordTime].some((known) => known !== undefined);

const withOwnerAccountId = (props: State, ownerAccountId: string | undefined): State =>
  ownerAccountId === undefined ? props : { ...props, ownerAccountId };

/** What a promise has resolved to so far: nothing waits for it. */
const ifKnown = <T>(promise: Promise<T>): Promise<T | undefined> => Promise.race([promise, Promise.resolve(undefined)]);

const willBeCompleted = ({ taskId }: State): string =>
  `the next pulumi up waits for the last reset (task ${taskId} had not ended)`;

const willBeReset = (reason: string): string => `${reason}; the next pulumi up resets the password`;

/** A refresh waits so long for its answers. */
const readSeconds = 60;
