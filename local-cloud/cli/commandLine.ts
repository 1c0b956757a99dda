import { openSync, writeSync } from "node:fs";

import type { InstanceOptions, LocalCloudOptions } from "../setup/options";
import { type GivenOptions, type OptionTable, parseArguments } from "./parseArguments";
import { fileError, readSecretFile, takeSecret } from "./secrets";
import { UsageError } from "./usageError";

/** What a command line asks for. */
export type Command =
  | { readonly kind: "help" | "version" }
  | { readonly kind: "serve"; readonly options: LocalCloudOptions; readonly exportFile: string | undefined }
  | { readonly kind: "reset"; readonly reset: ResetCommand };

/** A reset that somebody else might send. */
export interface ResetCommand {
  readonly instanceId: string;
  readonly region: string | undefined;
  /** Undefined for a random one. */
  readonly password: string | undefined;
}

/** The options of the command that serves. */
export const serveOptions = {
  instance: { type: "string", multiple: true },
  "password-file": { type: "string", multiple: true },
  "password-free": { type: "string", multiple: true },
  region: { type: "string", multiple: true },
  port: { type: "string" },
  "secret-id": { type: "string" },
  "secret-key-file": { type: "string" },
  role: { type: "string", multiple: true },
  "web-identity-token-file": { type: "string" },
  "cvm-role": { type: "string" },
  "temporary-key-seconds": { type: "string" },
  "task-seconds": { type: "string" },
  "requests-per-second": { type: "string" },
  fault: { type: "string", multiple: true },
  "time-zone": { type: "string" },
  "password-time": { type: "string" },
  log: { type: "string" },
  export: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const satisfies OptionTable;

const resetOptions = {
  instance: { type: "string" },
  "password-file": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies OptionTable;

/** The instance that a cloud has by default. */
const defaultInstanceId = "crs-5a4py64p";

/**
 * @param environment secrets are taken out of it
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const isReset = args[0] === "reset";
  const given = parseArguments(isReset ? args.slice(1) : args, isReset ? resetOptions : serveOptions);
  if (given.has("help")) return { kind: "help" };
  if (given.has("version")) return { kind: "version" };
  if (isReset) return { kind: "reset", reset: parseReset(given, environment) };
  return { kind: "serve", options: parseServe(given, environment), exportFile: given.get("export")?.[0] };
}

function parseReset(given: GivenOptions, environment: NodeJS.ProcessEnv): ResetCommand {
  const [instanceId, region] = parseInstance(given.get("instance")?.[0] ?? defaultInstanceId);
  const file = given.get("password-file")?.[0];
  const fromEnvironment = takeSecret(environment, "password");
  return {
    instanceId,
    region,
    password: file === undefined ? fromEnvironment : readSecretFile("--password-file", file),
  };
}

function parseServe(given: GivenOptions, environment: NodeJS.ProcessEnv): LocalCloudOptions {
  const one = (name: keyof typeof serveOptions) => given.get(name)?.[0];
  const number = (name: keyof typeof serveOptions, least = 0) => numberOption(`--${name}`, one(name), least);
  const secret = (name: "secretKey" | "webIdentityToken", option: "secret-key-file" | "web-identity-token-file") => {
    const file = one(option);
    const fromEnvironment = takeSecret(environment, name);
    return file === undefined ? fromEnvironment : readSecretFile(`--${option}`, file);
  };
  const log = one("log");
  return {
    instances: parseInstances(given, environment),
    region: given.get("region"),
    port: number("port"),
    secretId: one("secret-id"),
    secretKey: secret("secretKey", "secret-key-file"),
    roles: given.get("role"),
    webIdentityToken: secret("webIdentityToken", "web-identity-token-file"),
    cvmRole: one("cvm-role"),
    temporaryKeySeconds: number("temporary-key-seconds"),
    taskSeconds: number("task-seconds"),
    requestsPerSecond: number("requests-per-second"),
    faults: given.get("fault"),
    timeZoneHours: number("time-zone", -12),
    // Whether it is one of them is checked with all other options.
    passwordTime: one("password-time") as LocalCloudOptions["passwordTime"],
    onRequest: log === undefined ? undefined : logTo(log),
  };
}

function parseInstances(given: GivenOptions, environment: NodeJS.ProcessEnv): Record<string, InstanceOptions> {
  const placed = (given.get("instance") ?? [defaultInstanceId]).map(parseInstance);
  const ids = placed.map(([id]) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError("--instance", `${twice} is given twice`);
  const passwords = parsePasswords(given, takeSecret(environment, "password"), ids);
  return Object.fromEntries(placed.map(([id, region]) => [id, { region, password: passwords(id) }]));
}

/** The instance and its region. */
function parseInstance(text: string): [id: string, region: string | undefined] {
  // What stands after it is not shown: it was the password's place once, and could be one.
  if (text.includes("=")) throw new UsageError("--instance", "takes no password: use --password-file ID=FILE");
  const { id, region } = /^(?<id>[^@]+)(?:@(?<region>.+))?$/s.exec(text)?.groups ?? {};
  if (id === undefined) throw new UsageError("--instance", "must be ID or ID@REGION");
  return [id, region];
}

/** The password of each instance: its own, that of all, the environment's, or undefined. */
function parsePasswords(given: GivenOptions, fromEnvironment: string | undefined, ids: readonly string[]) {
  const passwords = new Map<string, string>();
  let ofAll: string | undefined;
  const set = (option: string, id: string, password: string): void => {
    if (!ids.includes(id)) throw new UsageError(option, `${id} is not an instance of this cloud`);
    if (passwords.has(id)) throw new UsageError(option, `${id} is given twice`);
    passwords.set(id, password);
  };
  for (const text of given.get("password-file") ?? []) {
    const { id, file = text } = /^(?<id>crs-[^=/]*)=(?<file>.*)$/s.exec(text)?.groups ?? {};
    const password = readSecretFile("--password-file", file);
    if (id !== undefined) set("--password-file", id, password);
    else if (ofAll === undefined) ofAll = password;
    else throw new UsageError("--password-file", "is given twice for all instances");
  }
  for (const id of given.get("password-free") ?? []) set("--password-free", id, "");
  return (id: string): string | undefined => passwords.get(id) ?? ofAll ?? fromEnvironment;
}

/** Opens the file at once: it would be late to find out at the first request that it cannot be written. */
function logTo(file: string): NonNullable<LocalCloudOptions["onRequest"]> {
  try {
    const descriptor = openSync(file, "a");
    return (record) => writeSync(descriptor, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw fileError("--log", "write", file, error);
  }
}

function numberOption(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= least && value < Infinity)) throw new UsageError(name, `must be a number, ${least} or more`);
  return value;
}
