import { accountNameRule, isAccountName } from "../protocol/accountName";
import { defaults } from "../setup/defaults";
import type { InstanceOptions } from "../setup/options";
import type { GivenOptions } from "./parseArguments";
import { readSecretFile, takeSecret } from "./secrets";
import { UsageError } from "./usageError";

/**
 * Reads the instances from `--instance`, `--account`, `--password-file` and `--password-free`.
 *
 * @param environment the password is removed from it
 * @throws UsageError
 */
export function parseInstances(given: GivenOptions, environment: NodeJS.ProcessEnv): Record<string, InstanceOptions> {
  const placed = (given.get("instance") ?? [defaults.instanceId]).map(parseInstance);
  const accounts = (given.get("account") ?? []).map(parseAccount);
  const ids = placed.map(([id]) => id);
  const logins = accounts.map(({ login }) => login);
  requireOnce("--instance", ids);
  requireOnce("--account", logins);
  for (const { id } of accounts) requireKnown("--account", id, ids);
  const { own, shared } = readPasswords(given, takeSecret(environment, "password"), [...ids, ...logins]);
  return Object.fromEntries(
    placed.map(([id, region]) => {
      const ofInstance = accounts.filter((account) => account.id === id);
      const named = Object.fromEntries(ofInstance.map(({ name, login }) => [name, own.get(login)]));
      const password = own.get(id) ?? shared;
      return [id, { region, password, ...(ofInstance.length > 0 ? { accounts: named } : {}) }];
    }),
  );
}

/** Parses `ID` or `ID@REGION`. @throws UsageError */
export function parseInstance(text: string): [id: string, region: string | undefined] {
  // The value is not shown: earlier versions took the password after the equals sign.
  if (text.includes("=")) throw new UsageError("--instance", "does not accept a password; use --password-file ID=FILE");
  const { id, region } = /^(?<id>[^@]+)(?:@(?<region>.+))?$/s.exec(text)?.groups ?? {};
  if (id === undefined) throw new UsageError("--instance", "must be ID or ID@REGION");
  return [id, region];
}

/** A custom account of an instance. */
interface NamedAccount {
  readonly id: string;
  readonly name: string;
  /** The account in the form of `--password-file`. */
  readonly login: string;
}

/** Parses `ID/NAME`. @throws UsageError, without text that may be a password */
function parseAccount(text: string): NamedAccount {
  if (text.includes("="))
    throw new UsageError("--account", "does not accept a password; use --password-file ID/NAME=FILE");
  const { id, name } = /^(?<id>[^/]+)\/(?<name>.+)$/s.exec(text)?.groups ?? {};
  if (id === undefined || name === undefined) throw new UsageError("--account", "must be ID/NAME");
  if (!isAccountName(name)) throw new UsageError("--account", accountNameRule);
  return { id, name, login: text };
}

interface Passwords {
  /** The passwords of single instances and accounts, by `ID` or `ID/NAME`. */
  readonly own: ReadonlyMap<string, string>;
  /** The password of all other instances: from the file, otherwise from the environment. */
  readonly shared: string | undefined;
}

function readPasswords(given: GivenOptions, fromEnvironment: string | undefined, logins: readonly string[]): Passwords {
  const own = new Map<string, string>();
  let shared: string | undefined;
  const set = (option: string, login: string, password: string): void => {
    requireKnown(option, login, logins);
    if (own.has(login)) throw new UsageError(option, `${login} is given twice`);
    own.set(login, password);
  };
  for (const text of given.get("password-file") ?? []) {
    const { login, file = text } = /^(?<login>crs-[^=/]*(?:\/[^=/]+)?)=(?<file>.*)$/s.exec(text)?.groups ?? {};
    const password = readSecretFile("--password-file", file);
    if (login !== undefined) set("--password-file", login, password);
    else if (shared === undefined) shared = password;
    else throw new UsageError("--password-file", "is given twice for all instances");
  }
  for (const id of given.get("password-free") ?? []) {
    if (id.includes("/")) throw new UsageError("--password-free", "must be ID: only root can be password-free");
    set("--password-free", id, "");
  }
  return { own, shared: shared ?? fromEnvironment };
}

function requireOnce(option: string, values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new UsageError(option, `${twice} is given twice`);
}

function requireKnown(option: string, login: string, logins: readonly string[]): void {
  if (logins.includes(login)) return;
  const kind = login.includes("/") ? "account" : "instance";
  throw new UsageError(option, `${login} is not an ${kind} of this cloud`);
}
