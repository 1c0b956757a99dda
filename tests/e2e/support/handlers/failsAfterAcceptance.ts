/**
 * Replaces `resource/reset/waitForReset`: after the service has accepted a reset, the handlers throw the error in the
 * environment.
 */
import * as original from "../../../../provider/resource/reset/waitForReset";

export * from "../../../../provider/resource/reset/waitForReset";

export const waitForEnd: typeof original.waitForEnd = (operation, pending, othersReadAtMs) => {
  const { FAIL_AFTER_ACCEPTANCE: message } = process.env;
  if (message !== undefined) throw new Error(message);
  return original.waitForEnd(operation, pending, othersReadAtMs);
};
