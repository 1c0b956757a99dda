import { oneLine } from "../tencentcloud/errors/terminalText";
import { matches } from "./contract/fingerprint";
import { type CheckedInputs, isUnknown } from "./contract/inputs";
import type { PasswordStore } from "./session/passwordStore";
import type { Session } from "./session/session";
import { type State, doubtReason, isImported, isPending, lastSentTriggers } from "./contract/state";

/** What an update has to do about the differences between the recorded outputs and the checked inputs. */
export type Plan =
  | { readonly kind: "nothing" }
  | { readonly kind: "complete" }
  | { readonly kind: "adopt" }
  | { readonly kind: "reset"; readonly changed: readonly InputPath[]; readonly reasons: string[] }
  | { readonly kind: "replace"; readonly fields: ReplacingField[]; readonly reasons: string[] };

/** An input whose change replaces the resource. */
export type ReplacingField = (typeof replacingFields)[number];

const replacingFields = ["instanceId", "region", "account"] as const;

/** The path of an input, or of one trigger. */
export type InputPath = readonly ["password"] | readonly ["triggers"] | readonly ["triggers", string];

/** A changed input that leads to a reset. */
interface InputChange {
  readonly path: InputPath;
  readonly reason: string;
}

/**
 * Compares the inputs with the outputs, not with the old inputs: after a failed update, Pulumi may have recorded either
 * the old inputs or the new ones.
 */
export function planFor(olds: State, news: CheckedInputs, passwords: PasswordStore): Plan {
  const fields = replacingFields.filter((field) => olds[field] !== news[field]);
  if (fields.length > 0) return { kind: "replace", fields, reasons: fields.map((field) => change(field, news[field])) };
  // Without a password, as in a refresh, there is nothing to adopt yet.
  if (isImported(olds)) return { kind: "password" in news ? "adopt" : "nothing" };
  // A pending reset without a task, from before the first release, cannot be waited for.
  const isInDoubt = olds.status !== "done" && !isPending(olds);
  const changes = [
    ...passwordChanges(olds, news, passwords),
    ...triggerChanges(lastSentTriggers(olds), news.triggers ?? {}),
  ];
  const reasons = [...changes.map(({ reason }) => reason), ...(isInDoubt ? [doubtReason(olds)] : [])];
  if (reasons.length > 0) return { kind: "reset", changed: changes.map(({ path }) => path), reasons };
  return { kind: isPending(olds) ? "complete" : "nothing" };
}

/**
 * Whether creating the resource adopts the instance. If the state already holds a resource for the account, its
 * password is reset instead: that resource's reset may have failed, or its password may be another one.
 */
export const isAdoption = (session: Session, news: Omit<CheckedInputs, "password">): boolean =>
  news.onCreate === "adopt" && !session.notes.onAccount(news).isRecorded;

function passwordChanges(olds: State, news: CheckedInputs, passwords: PasswordStore): InputChange[] {
  const recorded = olds.passwordFingerprint;
  if (recorded === undefined || news.password === recorded || passwords.isWithheld(news.password)) return [];
  const password = passwords.recall(news.password);
  const same = password !== undefined && matches(password, olds, recorded);
  return same ? [] : [{ path: ["password"], reason: change("password", news.password) }];
}

/** @param recorded missing if somebody has edited the state */
function triggerChanges(
  recorded: State["triggers"] | null | undefined,
  news: State["triggers"] | string,
): InputChange[] {
  if (typeof news === "string") return [{ path: ["triggers"], reason: change("triggers", news) }];
  const olds = recorded ?? {};
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names]
    .filter((name) => olds[name] !== news[name])
    .map((name) => ({ path: ["triggers", name], reason: change(`trigger ${name}`, news[name]) }));
}

/** The name of a trigger may be any text. */
const change = (name: string, value: unknown): string =>
  `${oneLine(name)} ${isUnknown(value) ? "not known yet" : "changed"}`;
