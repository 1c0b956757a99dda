import type { ResourceState } from "../checkpoint";
import { isSame, toKey } from "./accountKey";
import { setsPassword, wasSetSince } from "./needed";
import type { Outcome, Story } from "./story";

/** Returns what a refresh takes for drift though nobody has set the account's password since: a sentence. */
export function falseDrift(story: Story, outcome: Outcome): string | undefined {
  const wrong = story.stack.checkpoint.resources.find((after) => {
    const old = outcome.before.resources.find(
      ({ name, outputs }) => name === after.name && isSame(toKey(outputs), toKey(after.outputs)),
    );
    return old !== undefined && isFoundNow(old, after) && !isDrift(story, outcome, old);
  });
  return wrong && `${wrong.name} has not drifted: ${String(wrong.outputs.reason)}`;
}

/** Of a reset that nothing was known of, nothing can be told later either. */
const isFoundNow = ({ outputs: old }: ResourceState, { outputs: found }: ResourceState): boolean =>
  old.status === "done" && old.unchecked !== true && found.status === "drifted" && found.requestId === old.requestId;

function isDrift(story: Story, outcome: Outcome, { outputs }: ResourceState): boolean {
  const { cloud } = story;
  const key = toKey(outputs);
  const isUnderWay = cloud.tasks.some((task) => setsPassword(cloud, task, key) && task.endedAt === undefined);
  return isUnderWay || wasSetSince(story, outcome, outputs.taskId, key);
}
