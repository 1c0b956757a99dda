/**
 * Replaces `resource/reset/waitForReset`: once the password was sent, the handlers leak it in the way that the environment
 * selects.
 */
import * as original from "../../../../provider/resource/reset/waitForReset";
import { type LeakName, leaks } from "../leaks";

export * from "../../../../provider/resource/reset/waitForReset";

export const waitForEnd: typeof original.waitForEnd = async (run, pending, othersReadAtMs) => {
  // The final state is made from the pending one.
  if (run.password) await leaks[process.env.LEAK as LeakName].leak(run.password.expose(), pending);
  return original.waitForEnd(run, pending, othersReadAtMs);
};
