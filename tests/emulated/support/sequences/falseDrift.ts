import type { ResourceState } from "../checkpoint";
import { isSame, toKey } from "./accountKey";
import { setsPassword, wasSetSince } from "./needed";
import type { Outcome, Story } from "./story";

/** Returns, as a sentence, drift that a refresh reports although nobody else has set the account's password. */
export function falseDrift(story: Story, outcome: Outcome): string | undefined {
  const wrong = story.stack.checkpoint.resources.find((after) => {
    const old = outcome.before.resources.find(
      ({ name, outputs }) => name === after.name && isSame(toKey(outputs), toKey(after.outputs)),
    );
    return old !== undefined && isFoundNow(old, after) && !isDrift(story, outcome, old);
  });
  return wrong && `${wrong.name} has not drifted: ${String(wrong.outputs.reason)}`;
}

/** If nothing was known of a reset, later changes are indistinguishable from it. */
const isFoundNow = ({ outputs: old }: ResourceState, { outputs: found }: ResourceState): boolean =>
  old.status === "done" && old.unchecked !== true && found.status === "drifted" && found.requestId === old.requestId;

function isDrift(story: Story, outcome: Outcome, { outputs }: ResourceState): boolean {
  const { cloud } = story;
  const key = toKey(outputs);
  const isUnderWay = cloud.tasks.some((task) => setsPassword(cloud, task, key) && task.endedAt === undefined);
  return isUnderWay || wasSetSince(story, outcome, outputs.taskId, key);
}
