import { accountNameRule, isAccountName } from "../protocol/accountName";
import { defaults } from "../setup/defaults";
import type { LocalCloudOptions } from "../setup/options";
import { parseInstance, parseInstances } from "./instances";
import { readSecret } from "./optionReaders";
import { type GivenOptions, parseArguments } from "./parseArguments";
import { resetOptions } from "./resetOptions";
import { serveOptions } from "./serveOptions";
import { UsageError } from "./usageError";

/** A parsed command line. */
export type Command =
  | { readonly kind: "help" | "reset help" | "version" }
  | { readonly kind: "serve"; readonly options: LocalCloudOptions; readonly exportFile: string | undefined }
  | { readonly kind: "reset"; readonly reset: ResetCommand };

/** A reset to send to a running local cloud. */
export interface ResetCommand {
  readonly instanceId: string;
  readonly region: string | undefined;
  /** Undefined for root. */
  readonly account: string | undefined;
  /** Undefined for a random one. */
  readonly password: string | undefined;
}

/** Whether the command line is that of `tencent-redis-local reset`. */
export const isResetCommand = (args: readonly string[]): boolean => args[0] === "reset";

/**
 * @param environment secrets are removed from it
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const isReset = isResetCommand(args);
  const given = parseArguments(isReset ? args.slice(1) : args, isReset ? resetOptions : serveOptions);
  if (given.has("help")) return { kind: isReset ? "reset help" : "help" };
  if (given.has("version")) return { kind: "version" };
  if (isReset) return { kind: "reset", reset: parseReset(given, environment) };
  return { kind: "serve", options: parseServe(given, environment), exportFile: given.get("export")?.[0] };
}

function parseReset(given: GivenOptions, environment: NodeJS.ProcessEnv): ResetCommand {
  const [instanceId, region] = parseInstance(given.get("instance")?.[0] ?? defaults.instanceId);
  const passwordFile = { option: "--password-file", values: given.get("password-file"), environment };
  const account = given.get("account")?.[0];
  // The value is not shown: it may be a password.
  if (account?.includes("=")) throw new UsageError("--account", "does not accept a password; use --password-file FILE");
  const isRoot = account === undefined || account === "root";
  if (!isRoot && !isAccountName(account)) throw new UsageError("--account", accountNameRule);
  const password = readSecret("password")(passwordFile);
  return { instanceId, region, account: isRoot ? undefined : account, password };
}

function parseServe(given: GivenOptions, environment: NodeJS.ProcessEnv): LocalCloudOptions {
  const instances = parseInstances(given, environment);
  const settings = Object.entries(serveOptions).flatMap(([name, { sets, read }]) =>
    read ? [[sets, read({ option: `--${name}`, values: given.get(name), environment })] as const] : [],
  );
  return { instances, ...Object.fromEntries(settings) };
}
