import { unknownValue } from "../../resource/contract/inputs";
import { ownNamespace, settings, unknownSettings } from "../../resource/settings/settingNames";
import { invalidSettings } from "../../resource/settings/settings";
import { markSecret } from "../shared/marks";
import type { Checked, Properties } from "./methods";

/** The keys that the engine itself adds to a provider's settings. */
const engineSettings: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "__internal"]);

/**
 * Rejects unknown names, wrong values, and values that a preview does not know yet: with an unknown value, Pulumi would
 * not call this plugin at all, and a saved plan would hold the passwords. Marks secret settings, even if the program
 * has removed their marks.
 */
export function checkConfiguration(given: Properties): Checked {
  const names = Object.keys(given).filter((name) => !engineSettings.has(name));
  const unknowns = names.filter((name) => holdsUnknown(given[name]));
  const unusable = [...unknownSettings(names.map(fullName)), ...unknowns.map(notKnownYet)];
  const failures = unusable.length > 0 ? unusable : invalidSettings(readSettings(given));
  if (failures.length > 0) return { inputs: {}, failures };
  const inputs = Object.entries(given).map(([name, value]) => [name, isSecret(name) ? markSecret(value) : value]);
  return { inputs: Object.fromEntries(inputs) as Properties, failures: [] };
}

/** Returns a lookup of settings by their full names, as in a stack's config. An empty value counts as not set. */
export function readSettings(given: Properties): (name: string) => string | undefined {
  const set = Object.entries(given).filter(([, value]) => value !== null && value !== "");
  const config = new Map(set.map(([name, value]) => [fullName(name), toText(value)]));
  return (name) => config.get(name);
}

/**
 * The stack's config holds strings only. A nested value of an explicit provider is converted to what it would be there:
 * JSON.
 */
const toText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Searches nested values, too. */
const holdsUnknown = (value: unknown): boolean => JSON.stringify(value).includes(unknownValue);

const notKnownYet = (name: string): string =>
  `Config ${fullName(name)} comes from a resource and is not known in this preview: run ` +
  "`pulumi up --skip-preview`";

const fullName = (name: string): string => `${ownNamespace}:${name}`;

const isSecret = (name: string): boolean =>
  Object.entries(settings).some(([setting, description]) => setting === name && "isSecret" in description);
