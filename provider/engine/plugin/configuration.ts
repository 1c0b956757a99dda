import { ownNamespace, settings, unknownSettings } from "../../resource/settingNames";
import { markSecret } from "../shared/marks";
import type { Checked, Properties } from "./methods";

/** What the engine itself keeps among a provider's settings. */
const engineSettings: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Refuses unknown settings, and marks those that are secret, whatever the program did with their marks. */
export function checkConfiguration(given: Properties): Checked {
  const names = Object.keys(given).filter((name) => !engineSettings.has(name));
  const failures = unknownSettings(names.map(fullName));
  if (failures.length > 0) return { inputs: {}, failures };
  const inputs = Object.entries(given).map(([name, value]) => [name, isSecret(name) ? markSecret(value) : value]);
  return { inputs: Object.fromEntries(inputs) as Properties, failures: [] };
}

/** Returns a lookup of settings by their full names, as a stack's config has them. An empty one counts as not set. */
export function readSettings(given: Properties): (name: string) => string | undefined {
  const set = Object.entries(given).filter(([, value]) => value !== null && value !== "");
  const config = new Map(set.map(([name, value]) => [fullName(name), toText(value)]));
  return (name) => config.get(name);
}

/** The stack's config holds texts only. A nested value of an explicit provider becomes what it is there: its JSON. */
const toText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const fullName = (name: string): string => `${ownNamespace}:${name}`;

const isSecret = (name: string): boolean =>
  Object.entries(settings).some(([setting, description]) => setting === name && "isSecret" in description);
