/**
 * Replaces `resource/reset/waitForReset`: once the password was sent, the handlers leak it in the way that the environment
 * selects.
 */
import * as original from "../../../../provider/resource/reset/waitForReset";
import { type LeakName, leaks } from "../leaks";

export * from "../../../../provider/resource/reset/waitForReset";

export const waitForEnd: typeof original.waitForEnd = async (operation, pending, othersReadAtMs) => {
  // The final state is made from the pending one.
  if (operation.password) await leaks[process.env.LEAK as LeakName].leak(operation.password.expose(), pending);
  return original.waitForEnd(operation, pending, othersReadAtMs);
};
