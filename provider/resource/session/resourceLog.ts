import { isUnknown } from "../contract/inputs";
import { defaultAccount } from "../../tencentcloud/redis/describeInstanceAccount";

/**
 * Shows lines to the user, under the resource that they are about if the front end can. A front end creates one for each
 * call of the engine.
 */
export interface ResourceLog {
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
}

/** Returns a log about one resource. The subject is computed once, and each front end writes it before the text. */
export function logAbout(named: LogSubject, show: ShowText): ResourceLog {
  const subject = formatSubject(named);
  return { info: (text) => show("info", subject, text), warn: (text) => show("warning", subject, text) };
}

type ShowText = (severity: "info" | "warning", subject: string, text: string) => void;

/** Discards all lines, for a repeated attempt whose lines were logged the first time. */
export const silentLog: Readonly<ResourceLog> = { info: () => undefined, warn: () => undefined };

/** The subject of log lines. `check` gets any values, but logs only about those that are valid or not known yet. */
export interface LogSubject {
  readonly instanceId?: unknown;
  readonly account?: unknown;
}

/** Returns the prefix of a line: the instance, followed by `/<account>` unless it is the default account. */
export function formatSubject({ instanceId, account }: LogSubject): string {
  const isKnown = (name: unknown) => typeof name === "string" && !isUnknown(name);
  if (!isKnown(instanceId)) return "an instance not known yet";
  // Before check, the inputs may still name the default account.
  return [instanceId, ...(isKnown(account) && account !== defaultAccount ? [account] : [])].join("/");
}
