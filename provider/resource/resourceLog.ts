import { isUnknown } from "./inputs";
import { defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";

/** Shows lines to the user, under the resource that they are about. A front end makes one for each call of the engine. */
export interface ResourceLog {
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
}

/** For what was logged before. */
export const silentLog: ResourceLog = { info: () => undefined, warn: () => undefined };

/** What lines are about. Check is given anything, and logs only about what is valid or not known yet. */
export interface LogSubject {
  readonly instanceId?: unknown;
  readonly account?: unknown;
}

/** Returns how a line begins: the instance, with `/<account>` for another account than the default one. */
export function formatSubject({ instanceId, account }: LogSubject): string {
  const isKnown = (name: unknown) => typeof name === "string" && !isUnknown(name);
  if (!isKnown(instanceId)) return "an instance not known yet";
  // Check has not removed the name of the default account yet.
  return [instanceId, ...(isKnown(account) && account !== defaultAccount ? [account] : [])].join("/");
}
