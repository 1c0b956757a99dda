/** Replaces `resource/waitForReset`: once the password was sent, the handlers leak it as the environment says. */
import * as original from "../../../../provider/resource/waitForReset";
import { type LeakName, leaks } from "../leaks";

export * from "../../../../provider/resource/waitForReset";

export const waitForEnd: typeof original.waitForEnd = async (run, pending) => {
  // What is recorded in the end is made of what was pending.
  if (run.password) await leaks[process.env.LEAK as LeakName].leak(run.password.expose(), pending);
  return original.waitForEnd(run, pending);
};
