import { sendAgain } from "../../tencentcloud/errors/advisingError";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import type { State } from "../contract/state";

/** Returns why an accepted reset may not have set the password, with the ids that the vendor's support asks for. */
export function describeFailedReset(
  what: string,
  reason: string,
  { taskId, requestId }: State,
  remedy = sendAgain,
): string {
  const named = [...(taskId === undefined ? [] : [`task ${taskId}`]), `request ${requestId}`].join(", ");
  return inSentences(`${what} failed: ${reason} (${named})`, remedy);
}
