import { isRightlyRefused } from "./said";
import type { Outcome, Story } from "./story";

/** Whether a request of the command has met with a fault. */
export function hasMetFaults({ cloud }: Story, { result }: Outcome): boolean {
  return cloud.requests.some(({ run, fault }) => run === result.run && fault !== null) || cloud.hasOddInstances;
}

/** Returns that an `up` has failed without a reason, or undefined if there is one. */
export function failureWithoutReason(story: Story, outcome: Outcome): string | undefined {
  const { cloud } = story;
  const { result, beganAtMs } = outcome;
  const hasWaited = cloud.time.elapsedMs - beganAtMs > 4000;
  if (result.canceledAtMs !== undefined) return undefined;
  if (hasMetFaults(story, outcome) || hasWaited || isRightlyRefused(result.lines)) return undefined;
  if (wasOverwrittenAgain(story, outcome)) return undefined;
  return "the up failed, and nothing was wrong";
}

/** A run sends the password again only once: if that one is overwritten, too, the next run sends it. */
function wasOverwrittenAgain(story: Story, outcome: Outcome): boolean {
  const { lines } = outcome.result;
  if (!lines.some((line) => line.endsWith("; the password is sent again"))) return false;
  const sent = new Set(story.resetsBy(outcome).map(({ taskId }) => taskId));
  // The newest is the first.
  const last = story.cloud.tasks.find(({ taskId }) => sent.has(taskId));
  return story.cloud.tasks.some(
    (task) =>
      last !== undefined && !sent.has(task.taskId) && (task.endedAt?.getTime() ?? 0) >= last.startedAt.getTime(),
  );
}
