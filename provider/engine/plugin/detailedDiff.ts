import type { CheckedInputs } from "../../resource/contract/inputs";
import type { InputPath, Plan } from "../../resource/plan";
import { type State, lastSentTriggers } from "../../resource/contract/state";
import type { Difference, PropertyChange } from "./methods";

/** Returns the differences that the user can act on, by property path as Pulumi writes it: `triggers["month"]`. */
export function detailedDiff(plan: Plan, olds: State, news: CheckedInputs): Difference {
  switch (plan.kind) {
    case "nothing":
      return new Map();
    case "replace":
      return new Map(plan.fields.map((field) => [field, { ...inputChange(olds, news, [field]), isReplacement: true }]));
    case "adopt":
      return new Map([["password", { kind: "add", isReplacement: false, isInput: true }]]);
    case "complete":
      // Shown as a change of the status, which is "pending" now.
      return new Map([["status", { kind: "update", isReplacement: false, isInput: false }]]);
    case "reset": {
      // If the last reset is in doubt, the same password is sent again.
      const changed = plan.changed.length > 0 ? plan.changed : [["password"] as const];
      return new Map(changed.map(writable).map((path) => [formatPath(path), inputChange(olds, news, path)]));
    }
  }
}

function inputChange(olds: State, news: CheckedInputs, path: readonly string[]): PropertyChange {
  const sent = { ...olds, triggers: lastSentTriggers(olds) };
  const [before, after] = [sent, news].map((properties) => valueAt(properties, path));
  // The state never holds the password.
  const isThere = before !== undefined || path[0] === "password";
  const kind = !isThere ? "add" : after === undefined ? "delete" : "update";
  return { kind, isReplacement: false, isInput: true };
}

const valueAt = (properties: object, path: readonly string[]): unknown =>
  path.reduce((value: unknown, name) => (Object(value) as Record<string, unknown>)[name], properties);

/**
 * Pulumi would take a backslash at the end of a name to escape the closing quote, so no path can name such a trigger.
 */
const writable = (path: InputPath): InputPath => (path[1]?.endsWith("\\") ? ["triggers"] : path);

/** @see https://www.pulumi.com/docs/iac/concepts/miscellaneous/property-paths/ */
const formatPath = ([input, trigger]: InputPath): string =>
  trigger === undefined ? input : `${input}["${trigger.replaceAll('"', '\\"')}"]`;
