import { faultKinds } from "../faults/faultKinds";
import { defaults } from "../setup/defaults";
import type { LocalCloudOptions } from "../setup/options";
import { type OptionReader, openLog, readNumber, readSecret, readText, readTexts } from "./optionReaders";
import type { OptionTable } from "./parseArguments";
import { secretVariables } from "./secrets";

/** A command-line option that sets an option of the local cloud. */
type Setting = {
  [Key in keyof LocalCloudOptions]-?: { readonly sets: Key; readonly read: OptionReader<LocalCloudOptions[Key]> };
}[keyof LocalCloudOptions];

type ServeOption = OptionTable[string] & {
  /** Its text in `--help`. Line breaks are kept. */
  readonly help: string;
  /** The environment variable that is read if the option is not given. */
  readonly variable?: string;
} & (Setting | { readonly sets?: "instances"; readonly read?: undefined });

const listOfFaultKinds = Object.entries(faultKinds)
  .map(([kind, { value, help }]) => {
    const form = value === undefined ? kind : `${kind}:${value}`;
    return `  ${form.padEnd(19)}${help.replaceAll("\n", `\n${" ".repeat(21)}`)}`;
  })
  .join("\n");

/** The options of `tencent-redis-local`, in the order of `--help`. Parsing, errors and the usage text use this table. */
export const serveOptions: Readonly<Record<string, ServeOption>> = {
  instance: {
    value: "ID[@REGION]",
    repeatable: true,
    sets: "instances",
    help: `an instance, repeatable; without REGION it is in the first region\n(default ${defaults.instanceId})`,
  },
  account: {
    value: "ID/NAME",
    repeatable: true,
    help: "a custom account of an instance, repeatable; it signs in with NAME@PASSWORD",
  },
  "password-file": {
    value: "[ID[/NAME]=]FILE",
    repeatable: true,
    variable: secretVariables.password,
    help:
      "the password that an instance, or its account NAME, starts with, repeatable; without\n" +
      `ID that of all instances (default ${secretVariables.password}, else a random one\n` +
      "that nobody knows; for an account always a random one)",
  },
  "password-free": {
    value: "ID",
    repeatable: true,
    help: "an instance that starts without a password, repeatable",
  },
  region: {
    value: "R",
    repeatable: true,
    sets: "region",
    read: readTexts,
    help: `a region that it serves, repeatable (default ${defaults.region})`,
  },
  port: {
    value: "N",
    sets: "port",
    read: readNumber(0),
    help: `the port of the API on 127.0.0.1; 0 is any that is free (default ${defaults.port})`,
  },
  "secret-id": {
    value: "ID",
    sets: "secretId",
    read: readText,
    help: "the API key that requests are signed with (default a random one)",
  },
  "secret-key-file": {
    value: "FILE",
    variable: secretVariables.secretKey,
    sets: "secretKey",
    read: readSecret("secretKey"),
    help: `its key (default ${secretVariables.secretKey}, else a random one)`,
  },
  role: {
    value: "ARN",
    repeatable: true,
    sets: "roles",
    read: readTexts,
    help: "a role that can be assumed, repeatable (default any)",
  },
  "web-identity-token-file": {
    value: "FILE",
    variable: secretVariables.webIdentityToken,
    sets: "webIdentityToken",
    read: readSecret("webIdentityToken"),
    help:
      "the token that AssumeRoleWithWebIdentity accepts\n" +
      `(default ${secretVariables.webIdentityToken}, else any that is not expired)`,
  },
  "cvm-role": {
    value: "NAME",
    sets: "cvmRole",
    read: readText,
    help: "the role that the metadata service tells of (default none)",
  },
  "temporary-key-seconds": {
    value: "S",
    sets: "temporaryKeySeconds",
    read: readNumber(0),
    help: `the longest that temporary keys last (default ${defaults.temporaryKeySeconds})`,
  },
  "task-seconds": {
    value: "S",
    sets: "taskSeconds",
    read: readNumber(0),
    help: `how long a task takes (default ${defaults.taskSeconds})`,
  },
  "requests-per-second": {
    value: "N",
    sets: "requestsPerSecond",
    read: readNumber(0),
    help:
      `how many requests of one action and region are served in a second (default ${defaults.requestsPerSecond});\n` +
      "DescribeTaskList five times that, AssumeRole thirty times",
  },
  "time-zone": {
    value: "HOURS",
    sets: "timeZoneHours",
    read: readNumber(-12),
    help:
      `how far the times of the Redis API are ahead of UTC (default ${defaults.timeZoneHours}); --time-zone=-5 is\n` +
      "behind it",
  },
  "password-time": {
    value: "MODE",
    sets: "passwordTime",
    // Checked later, with the other options of the cloud.
    read: (given) => readText(given) as LocalCloudOptions["passwordTime"],
    help:
      "PasswordLastModifiedTime of accounts: kept moves with each change of the password,\n" +
      `stays moves with ModifyInstanceAccount only, empty is always empty (default ${defaults.passwordTime})`,
  },
  fault: {
    value: "ACTION=KIND[*N]",
    repeatable: true,
    sets: "faults",
    read: readTexts,
    help: `something that goes wrong, repeatable: with all requests of that action, or the next N\n${listOfFaultKinds}`,
  },
  log: {
    value: "FILE",
    sets: "onRequest",
    read: openLog,
    help: "append a JSON line for each request: time, action, code, requestId, taskId, fault",
  },
  export: {
    value: "FILE",
    help:
      "write a file of `export` lines for a POSIX shell to source, with the address and the\n" +
      "API key; it is deleted at the end",
  },
  help: { short: "h", help: "show this text" },
  version: { help: "show the version" },
};
