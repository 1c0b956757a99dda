import type { Properties } from "../../../protocol/support/struct";
import type { AcceptedReset } from "../acceptedReset";
import { type AccountKey, isSame, toKey } from "./accountKey";
import { triggersOf } from "./declareResources";
import { excuse } from "./excuse";
import { failureWithoutReason, hasMetFaults } from "./failureWithoutReason";
import { falseDrift } from "./falseDrift";
import { type Judged, findJudged } from "./judged";
import { mark } from "./names";
import { mostResets } from "./needed";
import { passwordRecorded } from "./passwordRecorded";
import { saysUnknown, saysUnproven } from "./said";
import type { Outcome, Story } from "./story";

/** Returns, as a sentence, the promise of the product that a command has broken, or undefined. */
export async function violation(story: Story, outcome: Outcome): Promise<string | undefined> {
  const { command, result } = outcome;
  const wrong = secretIn(story, outcome) ?? brokenCode(outcome) ?? lateAfterCancellation(story, outcome);
  if (wrong) return wrong;
  const drift = falseDrift(story, outcome);
  if (drift) return drift;
  if (!command.command.startsWith("up")) {
    const sent = story.resetsBy(outcome).length;
    return sent > 0 ? `a ${command.command} sent ${sent} resets` : undefined;
  }
  const judged = outcome.program.map((declaration) => findJudged(story, outcome, declaration));
  for (const resource of judged) {
    const needless = needlessReset(story, outcome, resource, judged);
    if (needless) return needless;
  }
  const rights = changedRights(story, outcome);
  if (rights) return rights;
  if (result.code === undefined) return undefined;
  const lost = lostReset(story, story.resetsBy(outcome));
  if (lost) return lost;
  if (result.code === 1) return failureWithoutReason(story, outcome);
  for (const resource of judged) {
    const broken = await brokenPromise(story, outcome, resource);
    if (broken) return broken;
  }
  return undefined;
}

function secretIn({ stack }: Story, { result }: Outcome): string | undefined {
  if (result.lines.some((line) => line.includes(mark))) return "a password was printed";
  if (result.answers.some((answer) => answer.includes(mark))) return "a password is in an answer of the provider";
  return JSON.stringify(stack.checkpoint).includes(mark) ? "a password is in the checkpoint" : undefined;
}

/** Output for users must not contain internals that only a programmer understands. */
function brokenCode({ result }: Outcome): string | undefined {
  const line = result.lines.find((text) => /\b(Type|Range|Reference)Error\b|Unexpected struct type/.test(text));
  return line && `the code is broken: ${line}`;
}

/** A canceled run sends nothing more, and ends immediately, except for a request in flight. */
function lateAfterCancellation({ cloud, stack }: Story, { result, endedAtMs }: Outcome): string | undefined {
  const { canceledAtMs, run } = result;
  if (canceledAtMs === undefined || stack.frontEnd === "class") return undefined;
  const latestMs = cloud.time.epochMs - (cloud.time.elapsedMs - canceledAtMs) + onItsWayMs;
  const late = cloud.requests.find((request) => request.run === run && Date.parse(request.time) > latestMs);
  if (late) return `${late.action} was sent after the cancellation`;
  const tookMs = endedAtMs - canceledAtMs;
  return tookMs > 3000 + onItsWayMs ? `the run ended ${tookMs} ms after its cancellation` : undefined;
}

const onItsWayMs = 10;

function needlessReset(story: Story, outcome: Outcome, { key }: Judged, all: readonly Judged[]): string | undefined {
  const sent = story.resetsBy(outcome).filter((reset) => isSame(toKey(reset), key));
  const having = all.filter((resource) => isSame(resource.key, key));
  const wrong = sent.find(({ password }) =>
    having.every((resource) => ![undefined, password].includes(resource.password)),
  );
  if (wrong) return `task ${wrong.taskId} sets another password than the code's`;
  const most = having.reduce((sum, resource) => sum + mostResets(story, outcome, resource), 0);
  return sent.length > most ? `${sent.length} resets of ${print(key)}, at most ${most} needed` : undefined;
}

/** A reset of an account keeps its rights, unless somebody else changes them at the same time. */
function changedRights(story: Story, outcome: Outcome): string | undefined {
  const changed = story.resetsBy(outcome).find(({ keepsRights }) => !keepsRights);
  if (!changed) return undefined;
  const beganAt = story.cloud.time.epochMs - (story.cloud.time.elapsedMs - outcome.beganAtMs);
  const isChangedMeanwhile = story.cloud.tasks.some(
    ({ taskId, instanceId, endedAt }) =>
      instanceId === changed.instanceId &&
      !story.cloud.accountsOfTasks.has(taskId) &&
      (endedAt === undefined || endedAt.getTime() >= beganAt),
  );
  return isChangedMeanwhile ? undefined : `task ${changed.taskId} changes more than the password`;
}

/** A reset that was accepted, and may have been carried out, is recorded whatever happens afterwards. */
function lostReset({ stack, cloud }: Story, sent: readonly AcceptedReset[]): string | undefined {
  const last = new Map(sent.map((reset) => [print(toKey(reset)), reset]));
  const isLost = (reset: AcceptedReset) => {
    const { requestId, taskId } = reset;
    const status = cloud.tasks.find((task) => task.taskId === taskId)?.status;
    if (status === undefined || status === "failed" || status === "error") return false;
    const recorded = stack.checkpoint.resources.filter(({ outputs }) => isSame(toKey(outputs), toKey(reset)));
    return !recorded.some(({ outputs }) => outputs.requestId === requestId || inDoubt.includes(outputs.status));
  };
  const lost = [...last.values()].find(isLost);
  return lost && `task ${lost.taskId} was accepted and is not recorded`;
}

const inDoubt: readonly unknown[] = ["failed", "pending"];

async function brokenPromise(story: Story, outcome: Outcome, resource: Judged): Promise<string | undefined> {
  const { after, key, password, declaration } = resource;
  if (!after) return `${declaration.name} is not recorded after a success`;
  const { status } = after.outputs;
  if (status !== "done") return `the status is ${String(status)} after a success`;
  if (password === undefined || passwordRecorded(after.outputs) !== password) {
    return "another password than the code's is recorded after a success";
  }
  const omitted = omittedReset(story, after.outputs);
  if (omitted) return omitted;
  const { tasks, time } = story.cloud;
  const happened = { hasMetFaults: hasMetFaults(story, outcome), tasks, nowMs: time.epochMs };
  if (saysUnknown(outcome.result.lines, happened)) return undefined;
  const hasReset = story.resetsBy(outcome).some((reset) => isSame(toKey(reset), key));
  if (!(await accepts(story, password, key))) {
    if (!hasReset && isSaidUnproven(story, outcome, resource)) return undefined;
    if (excuse(story, outcome, resource)) return undefined;
    return `AUTH refuses the password of ${declaration.name} after exit 0`;
  }
  const late = hasReset || resource.before?.outputs.status === "pending" ? lateTask(story, resource) : undefined;
  return late ? `our unfinished task ${late.taskId} sets another password later` : undefined;
}

/** The recorded triggers are those of the run that has sent the recorded reset: other ones need another reset. */
function omittedReset(story: Story, { taskId, triggers }: Properties): string | undefined {
  const sender = story.senderOf(Number(taskId));
  if (!sender || sender.code.ignoreChanges.includes("triggers")) return undefined;
  return JSON.stringify(triggers) === JSON.stringify(triggersOf(sender.code))
    ? undefined
    : "a changed trigger has reset nothing";
}

/**
 * Whether the resource is an adoption reported as unproven: by this run if it reads the resource, otherwise by an
 * earlier one.
 */
function isSaidUnproven({ outcomes }: Story, outcome: Outcome, { step, after, key }: Judged): boolean {
  if (after?.outputs.unproven !== true) return false;
  const looks = outcome.command.command === "up --refresh" || step !== "same";
  return (looks ? [outcome] : outcomes).some(({ result }) => saysUnproven(result.lines, key));
}

/** Returns a running reset of ours that will set another password than the code's. */
function lateTask({ cloud }: Story, { key, password }: Judged): AcceptedReset | undefined {
  const unfinished = new Set(cloud.tasks.filter(({ endedAt }) => !endedAt).map(({ taskId }) => taskId));
  const willFail = ({ taskId }: AcceptedReset) =>
    cloud.requests.some((request) => request.taskId === taskId && /^task-(fail|error)$/.test(String(request.fault)));
  return cloud.accepted.find(
    (reset) =>
      isSame(toKey(reset), key) && reset.password !== password && unfinished.has(reset.taskId) && !willFail(reset),
  );
}

const accepts = ({ cloud }: Story, password: string, { instanceId, name }: AccountKey): Promise<boolean> =>
  cloud.accepts(password, instanceId, name === "root" ? undefined : name);

const print = ({ instanceId, name }: AccountKey): string => `${instanceId}/${name}`;
