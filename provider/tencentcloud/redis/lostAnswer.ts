import type { Client } from "../client/client";
import { adviceIn, summarize } from "../errors/advisingError";
import { type PasswordAction, TransportError, isTransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { StopRetrying } from "../retry/retry";
import { countTasks } from "./describeTaskList";
import { changeTypes } from "./taskList";

const pollMs = 1000;

/**
 * Waits until no change of a password is running, and counts the changes by an action in the last 30 days. Polls
 * instead of using `retry`, since most requests are repeated because of a response, not of a failure.
 *
 * @param lost the error of the reset that may have been carried out
 * @throws StopRetrying if that cannot be determined in time: the reset is then in doubt
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
      // Without a usable response, the next poll asks again, even if no connection was possible.
      if (!isTransportError(error)) throw new StopRetrying(lostAndThen(action, lost, error));
    }
  }
}

/** Returns the error for a reset that may have been carried out, with the result of sending it again. */
export const lostAndThen = (action: PasswordAction, lost: Error, error: unknown): TransportError =>
  new TransportError(
    action,
    "lost",
    `${isTransportError(lost) ? lost.reason : summarize(lost)}; then ${summarize(error)}`,
    { remedy: adviceIn(error) },
  );
