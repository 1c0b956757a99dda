import { type Task, taskTypes } from "../../../../local-cloud/model/tasks";
import type { AccountKey } from "./accountKey";
import type { Judged } from "./judged";
import { second, setsPassword } from "./needed";
import type { Outcome, Story } from "./story";

/**
 * Cases that cannot be detected: an up that finds the recorded password in the code, and nothing to do, sends no
 * request. A refresh detects all of these.
 */
export function excuse(story: Story, outcome: Outcome, { step, key, after }: Judged): string | undefined {
  const { command, result } = outcome;
  if (step !== "same") return undefined;
  const setter = lastSetter(story, key);
  if (!setter) return undefined;
  const sender = story.senderOf(setter.taskId);
  if (command.command === "up --refresh") {
    const asked = story.cloud.requests.filter(
      (request) => request.run === result.run && request.instanceId === key.instanceId,
    );
    // A change of another account of the instance asks for tasks as well, after the refresh, which begins with this action.
    const isForOthers = story.resetsBy(outcome).some(({ instanceId }) => instanceId === key.instanceId);
    const looks = isForOthers ? asked.filter(({ action }) => action === "DescribeInstances") : asked;
    const isLate = looks.every(({ time }) => Date.parse(time) <= setter.startedAt.getTime());
    if (!sender && isLate) return "somebody else's change began after the run had looked at the instance";
    const ours = story.cloud.tasks.find(({ taskId }) => taskId === after?.outputs.taskId);
    return !sender && ours && isTooSoon(story, ours, setter)
      ? "somebody else's change ended in the second of ours, or not alone within two: times are whole seconds"
      : undefined;
  }
  if (!sender) return "somebody else has set the password";
  if (sender.result.code === undefined) return "a run was killed after its reset, and the code then changed back";
  if (story.outcomes.indexOf(sender) < story.restoredAt) return "an old checkpoint was restored with the old code";
  return undefined;
}

/** Whether a change of an account ended so soon after ours that no time shows which account it was of. */
function isTooSoon({ cloud }: Story, ours: Task, setter: Task): boolean {
  if (setter.type !== taskTypes.changeAccount) return false;
  const isAtOnce = ({ instanceId, type, endedAt }: Task) => {
    const apart = second(endedAt) - second(ours.endedAt);
    return instanceId === ours.instanceId && type === taskTypes.changeAccount && apart >= 0 && apart <= 2;
  };
  const isAlone = cloud.tasks.filter((task) => task !== ours && isAtOnce(task)).length === 1;
  return isAtOnce(setter) && (!isAlone || second(setter.endedAt) === second(ours.endedAt));
}

/** Returns the last task that has set the password of an account. */
function lastSetter({ cloud }: Story, key: AccountKey): Task | undefined {
  const done = cloud.tasks.filter((task) => setsPassword(cloud, task, key) && task.status === "succeed");
  return done.sort((one, other) => (other.endedAt?.getTime() ?? 0) - (one.endedAt?.getTime() ?? 0))[0];
}
