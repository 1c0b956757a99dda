import type { Client } from "../client/client";
import { adviceIn, summarize } from "../errors/advisingError";
import { type PasswordAction, TransportError, isTransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { StopRetrying } from "../retry/retry";
import { countTasks } from "./describeTaskList";
import { changeTypes } from "./taskList";

const pollMs = 1000;

/**
 * Waits until no change of a password is under way, and counts the changes by an action in the last 30 days. It polls
 * rather than retries: the usual reason to ask again is an answer, not a failure.
 *
 * @param lost the reset that may have been carried out
 * @throws StopRetrying when it cannot be found out in time: then the reset is in doubt
 */
export async function countResetsOnceIdle(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  action: PasswordAction,
  lost: Error,
): Promise<number> {
  for (;;) {
    if (deadline.remainingMs() <= pollMs) throw new StopRetrying(lost);
    await deadline.clock.sleep(pollMs);
    try {
      const unfinished = await countTasks(client, { instanceId, areUnfinished: true }, deadline);
      if (unfinished === 0) return await countTasks(client, { instanceId, types: [changeTypes[action]] }, deadline);
    } catch (error) {
      // An answer that cannot be used only means to ask again.
      if (!isTransportError(error)) throw new StopRetrying(lostAndThen(action, lost, error));
    }
  }
}

/** Returns the error for a reset that may have been carried out, with what came of sending it again. */
export const lostAndThen = (action: PasswordAction, lost: Error, error: unknown): TransportError =>
  new TransportError(
    action,
    "lost",
    `${isTransportError(lost) ? lost.reason : summarize(lost)}; then ${summarize(error)}`,
    { remedy: adviceIn(error) },
  );
