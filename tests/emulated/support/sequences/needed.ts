import { type Task, taskTypes } from "../../../../local-cloud/model/tasks";
import type { Properties } from "../../../protocol/support/struct";
import type { EmulatedCloud } from "../emulatedCloud";
import { type AccountKey, isSame, toKey } from "./accountKey";
import type { Judged } from "./judged";
import { passwordRecorded } from "./passwordRecorded";
import type { Outcome, Story } from "./story";

/** Returns the maximum number of resets of a resource's account that an up may send in this story. */
export function mostResets(story: Story, outcome: Outcome, resource: Judged): number {
  const needed = neededResets(story, outcome, resource);
  if (needed === 0) return 0;
  const own = story.resetsBy(outcome).filter((reset) => isSame(toKey(reset), resource.key));
  // Other tasks were never seen, or the service has forgotten them.
  const known = new Set(story.cloud.tasks.map(({ taskId }) => taskId));
  const lost = own.filter(({ isAnswered, taskId }) => !isAnswered || !known.has(taskId)).length;
  // Another task that may have won justifies one more reset.
  const taskIds = new Set(own.map(({ taskId }) => taskId));
  const beganAt = story.cloud.time.epochMs - (story.cloud.time.elapsedMs - outcome.beganAtMs);
  const ours = story.cloud.tasks.filter(({ taskId }) => taskIds.has(taskId));
  const isAtOnce = ours.some((our) => cannotBeTold(story.cloud, our));
  const isOverlapping = story.cloud.tasks.some((task) => {
    if (taskIds.has(task.taskId)) return false;
    if (ours.some((our) => isTakenForChange(story.cloud, task, our))) return true;
    return setsPassword(story.cloud, task, resource.key) && (!task.endedAt || task.endedAt.getTime() >= beganAt);
  });
  return needed + lost + (isAtOnce || isOverlapping ? 1 : 0);
}

function neededResets(story: Story, outcome: Outcome, resource: Judged): 0 | 1 {
  const { step, before, declaration, key, password } = resource;
  const isAdoption = declaration.inputs.onCreate === "adopt";
  switch (step) {
    case "create":
    case "replace":
      return isAdoption && !isRecorded(outcome, key) ? 0 : 1;
    case "update":
      break;
    default:
      return 0;
  }
  const outputs = before?.outputs ?? {};
  if (isImported(outputs) && outcome.command.command !== "up --refresh") return 0;
  const isOther = passwordRecorded(outputs) !== password;
  const isIgnored = declaration.ignoreChanges?.includes("triggers");
  const triggers = outputs.sentTriggers ?? outputs.triggers;
  const isTriggered = !isIgnored && JSON.stringify(triggers) !== JSON.stringify(declaration.inputs.triggers);
  const isInDoubt = outputs.status === "failed" || outputs.status === "drifted";
  const isUndecided = outputs.status === "pending" || outputs.unchecked === true;
  const recorded = story.cloud.tasks.find(({ taskId }) => taskId === outputs.taskId);
  if (isUndecided && cannotBeTold(story.cloud, recorded)) return 1;
  return isOther || isTriggered || isInDoubt || wasSetSince(story, outcome, outputs.taskId, key) ? 1 : 0;
}

/** Whether nothing is known of the password: the first update with a password adopts the instance. */
const isImported = ({ passwordFingerprint, status = "done" }: Properties): boolean =>
  passwordFingerprint === undefined && status === "done";

const isRecorded = ({ before }: Outcome, key: AccountKey): boolean =>
  before.resources.some(({ outputs }) => isSame(toKey(outputs), key));

/**
 * Whether the recorded task has failed, or another one has set the password in the same second or later. The command's
 * own resets do not count.
 */
export function wasSetSince(story: Story, outcome: Outcome, recordedTask: unknown, key: AccountKey): boolean {
  const { cloud } = story;
  const sent = new Set(story.resetsBy(outcome).map(({ taskId }) => taskId));
  const tasks = cloud.tasks.filter((task) => setsPassword(cloud, task, key));
  const recorded = tasks.find(({ taskId }) => taskId === recordedTask);
  if (!recorded || recorded.status === "failed" || recorded.status === "error") return true;
  if (cloud.tasks.some((task) => isTakenForChange(cloud, task, recorded))) return true;
  return tasks.some(
    (task) =>
      task !== recorded &&
      !sent.has(task.taskId) &&
      task.status === "succeed" &&
      second(task.endedAt) >= second(recorded.endedAt),
  );
}

/** Returns the whole second in which something ended, infinite if it has not. */
export const second = (time: Date | undefined): number => Math.floor((time?.getTime() ?? Infinity) / 1000);

/**
 * Whether a task that changes the rights of any account of the instance has ended within two seconds of ours. In the
 * service's list it looks like a change of the password.
 */
const isTakenForChange = (cloud: EmulatedCloud, task: Task, ours: Task): boolean =>
  task.instanceId === ours.instanceId &&
  !cloud.accountsOfTasks.has(task.taskId) &&
  task.status === "succeed" &&
  Math.abs(second(task.endedAt) - second(ours.endedAt)) <= 2;

/**
 * Whether somebody else's change of another account has ended within two seconds of ours: the service's times are whole
 * seconds, so each task explains the time of either account.
 */
function cannotBeTold(cloud: EmulatedCloud, ours: Task | undefined): boolean {
  const account = cloud.accountsOfTasks.get(ours?.taskId ?? NaN);
  return cloud.tasks.some(
    ({ taskId, instanceId, type, endedAt }) =>
      instanceId === ours?.instanceId &&
      type === taskTypes.changeAccount &&
      cloud.accountsOfTasks.get(taskId) !== account &&
      Math.abs(second(endedAt) - second(ours.endedAt)) <= 2,
  );
}

/** Whether a task sets the password of an account, or would. */
export const setsPassword = (cloud: EmulatedCloud, { taskId, instanceId }: Task, key: AccountKey): boolean =>
  instanceId === key.instanceId && cloud.accountsOfTasks.get(taskId) === key.name;
