/**
 * Replaces `resource/waitForReset`: after the service has accepted a reset, the handlers throw the error in the
 * environment.
 */
import * as original from "../../../../provider/resource/waitForReset";

export * from "../../../../provider/resource/waitForReset";

export const waitForEnd: typeof original.waitForEnd = (run, pending) => {
  const { FAIL_AFTER_ACCEPTANCE: message } = process.env;
  if (message !== undefined) throw new Error(message);
  return original.waitForEnd(run, pending);
};
