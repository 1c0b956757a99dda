import type { Judged } from "./judged";
import { passwordRecorded } from "./passwordRecorded";
import type { Outcome, Story } from "./story";

/** How many resets of a resource's instance an up may send at most, as far as the story tells. */
export function mostResets(story: Story, outcome: Outcome, resource: Judged): number {
  const needed = neededResets(story, outcome, resource);
  if (needed === 0) return 0;
  const own = story.resetsBy(outcome).filter(({ instanceId }) => instanceId === resource.instanceId);
  // Nobody has heard of these, or the service has forgotten them.
  const known = new Set(story.cloud.tasks.map(({ taskId }) => taskId));
  const lost = own.filter(({ isAnswered, taskId }) => !isAnswered || !known.has(taskId)).length;
  // Another task that may have won is a reason to send once more.
  const taskIds = new Set(own.map(({ taskId }) => taskId));
  const beganAt = story.cloud.time.epochMs - (story.cloud.time.elapsedMs - outcome.beganAtMs);
  const isOverlapping = story.cloud.tasks.some(
    ({ taskId, instanceId, endedAt }) =>
      instanceId === resource.instanceId && !taskIds.has(taskId) && (!endedAt || endedAt.getTime() >= beganAt),
  );
  return needed + lost + (isOverlapping ? 1 : 0);
}

function neededResets(story: Story, outcome: Outcome, resource: Judged): 0 | 1 {
  const { step, before, declaration, instanceId, password } = resource;
  const isAdoption = declaration.inputs.onCreate === "adopt";
  switch (step) {
    case "create":
    case "replace":
      return isAdoption && !isRecorded(outcome, instanceId) ? 0 : 1;
    case "update":
      break;
    default:
      return 0;
  }
  const outputs = before?.outputs ?? {};
  const isOther = passwordRecorded(outputs) !== password;
  const isIgnored = declaration.ignoreChanges?.includes("triggers");
  const isTriggered = !isIgnored && JSON.stringify(outputs.triggers) !== JSON.stringify(declaration.inputs.triggers);
  const isInDoubt = outputs.status === "failed" || outputs.status === "drifted";
  return isOther || isTriggered || isInDoubt || wasSetSince(story, outputs.taskId, instanceId) ? 1 : 0;
}

const isRecorded = ({ before }: Outcome, instanceId: string): boolean =>
  before.resources.some(({ outputs }) => outputs.instanceId === instanceId);

/** Whether the recorded task has failed, or another one has set the password in its second or later. */
function wasSetSince({ cloud }: Story, recordedTask: unknown, instanceId: string): boolean {
  const tasks = cloud.tasks.filter((task) => task.instanceId === instanceId);
  const recorded = tasks.find(({ taskId }) => taskId === recordedTask);
  if (!recorded || recorded.status === "failed" || recorded.status === "error") return true;
  const second = (time: Date | undefined) => Math.floor((time?.getTime() ?? Infinity) / 1000);
  return tasks.some(
    (task) => task !== recorded && task.status === "succeed" && second(task.endedAt) >= second(recorded.endedAt),
  );
}
