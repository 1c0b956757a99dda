import { oneLine } from "../tencentcloud/errors/terminalText";
import { matches } from "./fingerprint";
import { type CheckedInputs, isUnknown } from "./inputs";
import type { PasswordStore } from "./passwordStore";
import type { Session } from "./session";
import { type State, doubtReason, isPending } from "./state";

/** What a difference between the recorded outputs and the checked inputs amounts to. */
export type Plan =
  | { readonly kind: "nothing" }
  | { readonly kind: "complete" }
  | { readonly kind: "adopt" }
  | { readonly kind: "reset"; readonly reasons: string[] }
  | { readonly kind: "replace"; readonly fields: string[]; readonly reasons: string[] };

/** Compares with the outputs: after a failed update, Pulumi may have recorded the old inputs or the new ones. */
export function planFor(olds: State, news: CheckedInputs, passwords: PasswordStore): Plan {
  const fields = (["instanceId", "region", "account"] as const).filter((field) => olds[field] !== news[field]);
  if (fields.length > 0) return { kind: "replace", fields, reasons: fields.map((field) => change(field, news[field])) };
  if (olds.passwordFingerprint === undefined) return { kind: "adopt" };
  // Nothing can be waited for without a task.
  const isInDoubt = ["failed", "drifted", "pending"].includes(olds.status) && !isPending(olds);
  const reasons = [
    ...passwordReasons(olds, news, passwords),
    ...triggerReasons(olds.triggers, news.triggers ?? {}),
    ...(isInDoubt ? [doubtReason(olds)] : []),
  ];
  if (reasons.length > 0) return { kind: "reset", reasons };
  return { kind: isPending(olds) ? "complete" : "nothing" };
}

/**
 * Whether creating the resource adopts the instance. One that the state holds already is reset instead: what is recorded
 * of it may have been failed, or of another password.
 */
export const isAdoption = (session: Session, news: Omit<CheckedInputs, "password">): boolean =>
  news.onCreate === "adopt" && !session.notes.onAccount(news).isRecorded;

function passwordReasons(olds: State, news: CheckedInputs, passwords: PasswordStore): string[] {
  if (news.password === olds.passwordFingerprint || passwords.isWithheld(news.password)) return [];
  const password = passwords.recall(news.password);
  const recorded = olds.passwordFingerprint;
  const same = password !== undefined && recorded !== undefined && matches(password, olds, recorded);
  return same ? [] : [change("password", news.password)];
}

/** @param recorded missing where somebody has edited the state */
function triggerReasons(recorded: State["triggers"] | null | undefined, news: State["triggers"] | string): string[] {
  if (typeof news === "string") return [change("triggers", news)];
  const olds = recorded ?? {};
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter((name) => olds[name] !== news[name]).map((name) => change(`trigger ${name}`, news[name]));
}

/** The name of a trigger may be anything. */
const change = (name: string, value: unknown): string =>
  `${oneLine(name)} ${isUnknown(value) ? "not known yet" : "changed"}`;
