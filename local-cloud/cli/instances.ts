import { defaults } from "../setup/defaults";
import type { InstanceOptions } from "../setup/options";
import type { GivenOptions } from "./parseArguments";
import { readSecretFile, takeSecret } from "./secrets";
import { UsageError } from "./usageError";

/**
 * Reads the instances from `--instance`, `--password-file` and `--password-free`.
 *
 * @param environment the password is taken out of it
 * @throws UsageError
 */
export function parseInstances(given: GivenOptions, environment: NodeJS.ProcessEnv): Record<string, InstanceOptions> {
  const placed = (given.get("instance") ?? [defaults.instanceId]).map(parseInstance);
  const ids = placed.map(([id]) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError("--instance", `${twice} is given twice`);
  const findPassword = parsePasswords(given, takeSecret(environment, "password"), ids);
  return Object.fromEntries(placed.map(([id, region]) => [id, { region, password: findPassword(id) }]));
}

/** Parses `ID` or `ID@REGION`. @throws UsageError */
export function parseInstance(text: string): [id: string, region: string | undefined] {
  // The value is not shown: earlier versions took the password after the equals sign.
  if (text.includes("=")) throw new UsageError("--instance", "takes no password: use --password-file ID=FILE");
  const { id, region } = /^(?<id>[^@]+)(?:@(?<region>.+))?$/s.exec(text)?.groups ?? {};
  if (id === undefined) throw new UsageError("--instance", "must be ID or ID@REGION");
  return [id, region];
}

/** Returns the password of each instance: its own, else the one for all instances, else that of the environment. */
function parsePasswords(given: GivenOptions, fromEnvironment: string | undefined, ids: readonly string[]) {
  const passwords = new Map<string, string>();
  let shared: string | undefined;
  const set = (option: string, id: string, password: string): void => {
    if (!ids.includes(id)) throw new UsageError(option, `${id} is not an instance of this cloud`);
    if (passwords.has(id)) throw new UsageError(option, `${id} is given twice`);
    passwords.set(id, password);
  };
  for (const text of given.get("password-file") ?? []) {
    const { id, file = text } = /^(?<id>crs-[^=/]*)=(?<file>.*)$/s.exec(text)?.groups ?? {};
    const password = readSecretFile("--password-file", file);
    if (id !== undefined) set("--password-file", id, password);
    else if (shared === undefined) shared = password;
    else throw new UsageError("--password-file", "is given twice for all instances");
  }
  for (const id of given.get("password-free") ?? []) set("--password-free", id, "");
  return (id: string): string | undefined => passwords.get(id) ?? shared ?? fromEnvironment;
}
