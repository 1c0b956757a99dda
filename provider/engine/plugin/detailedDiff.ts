import type { CheckedInputs } from "../../resource/inputs";
import type { InputPath, Plan } from "../../resource/plan";
import type { State } from "../../resource/state";
import type { Difference, PropertyChange } from "./methods";

/** Returns what the user can act on, by the paths of properties as Pulumi writes them: `triggers["month"]`. */
export function detailedDiff(plan: Plan, olds: State, news: CheckedInputs): Difference {
  switch (plan.kind) {
    case "nothing":
      return new Map();
    case "replace":
      return new Map(plan.fields.map((field) => [field, { ...inputChange(olds, news, [field]), isReplacement: true }]));
    case "adopt":
      return new Map([["password", { kind: "add", isReplacement: false, isInput: true }]]);
    case "complete":
      // Pulumi shows that it is "pending", and will not be.
      return new Map([["status", { kind: "update", isReplacement: false, isInput: false }]]);
    case "reset": {
      // Where the last reset is in doubt, the same password is sent again.
      const changed = plan.changed.length > 0 ? plan.changed : [["password"] as const];
      return new Map(changed.map(writable).map((path) => [formatPath(path), inputChange(olds, news, path)]));
    }
  }
}

function inputChange(olds: State, news: CheckedInputs, path: readonly string[]): PropertyChange {
  const [before, after] = [olds, news].map((properties) => valueAt(properties, path));
  // The state has no password to look for.
  const isThere = before !== undefined || path[0] === "password";
  const kind = !isThere ? "add" : after === undefined ? "delete" : "update";
  return { kind, isReplacement: false, isInput: true };
}

const valueAt = (properties: object, path: readonly string[]): unknown =>
  path.reduce((value: unknown, name) => (Object(value) as Record<string, unknown>)[name], properties);

/** A name that ends in a backslash cannot be written in a path: Pulumi would take it to escape the quote. */
const writable = (path: InputPath): InputPath => (path[1]?.endsWith("\\") ? ["triggers"] : path);

/** @see https://www.pulumi.com/docs/iac/concepts/miscellaneous/property-paths/ */
const formatPath = ([input, trigger]: InputPath): string =>
  trigger === undefined ? input : `${input}["${trigger.replaceAll('"', '\\"')}"]`;
