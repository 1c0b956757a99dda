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
  /** The environment variable that is read if the option is not given. */
  readonly variable?: string;
} & (Setting | { readonly sets?: "instances"; readonly read?: undefined });

/** The options of `tencent-redis-local`, in the order of `--help`. Parsing, errors and the usage text use this table. */
export const serveOptions: Readonly<Record<string, ServeOption>> = {
  instance: {
    value: "ID[@REGION]",
    repeatable: true,
    sets: "instances",
    help: `an instance, repeatable; without REGION, in the\nfirst region (default ${defaults.instanceId})`,
  },
  account: {
    value: "ID/NAME",
    repeatable: true,
    help: "a custom account of an instance, repeatable; it\nsigns in with NAME@PASSWORD",
  },
  "password-file": {
    value: "[ID[/NAME]=]FILE",
    repeatable: true,
    variable: secretVariables.password,
    help:
      "the file with the initial password of instance ID,\n" +
      "or of its account NAME, repeatable; without ID, of\n" +
      `all other instances (default\n${secretVariables.password}, otherwise an unknown\n` +
      "random one; for an account always a random one)",
  },
  "password-free": {
    value: "ID",
    repeatable: true,
    help: "an instance that starts without a password,\nrepeatable",
  },
  region: {
    value: "R",
    repeatable: true,
    sets: "region",
    read: readTexts,
    help: `a region to serve, repeatable\n(default ${defaults.region})`,
  },
  port: {
    value: "N",
    sets: "port",
    read: readNumber(0),
    help: `the port of the API on 127.0.0.1; 0 for any free\nport (default ${defaults.port})`,
  },
  "secret-id": {
    value: "ID",
    sets: "secretId",
    read: readText,
    help: "the id of the API key (default a random one)",
  },
  "secret-key-file": {
    value: "FILE",
    variable: secretVariables.secretKey,
    sets: "secretKey",
    read: readSecret("secretKey"),
    help: `the file with the API key's secret (default\n${secretVariables.secretKey}, otherwise a random\none)`,
  },
  role: {
    value: "ARN",
    repeatable: true,
    sets: "roles",
    read: readTexts,
    help: "a role that can be assumed, repeatable\n(default any)",
  },
  "web-identity-token-file": {
    value: "FILE",
    variable: secretVariables.webIdentityToken,
    sets: "webIdentityToken",
    read: readSecret("webIdentityToken"),
    help:
      "the file with the only token that\nAssumeRoleWithWebIdentity accepts (default\n" +
      `${secretVariables.webIdentityToken}, otherwise\nany token that is not expired)`,
  },
  "cvm-role": {
    value: "NAME",
    sets: "cvmRole",
    read: readText,
    help: "the role that the metadata service returns\n(default none)",
  },
  "temporary-key-seconds": {
    value: "S",
    sets: "temporaryKeySeconds",
    read: readNumber(0),
    help: `the maximum lifetime of temporary keys, in seconds\n(default ${defaults.temporaryKeySeconds})`,
  },
  "task-seconds": {
    value: "S",
    sets: "taskSeconds",
    read: readNumber(0),
    help: `how long a task takes, in seconds (default ${defaults.taskSeconds})`,
  },
  "requests-per-second": {
    value: "N",
    sets: "requestsPerSecond",
    read: readNumber(0),
    help:
      `the rate limit for each action and region (default\n${defaults.requestsPerSecond}); five times that for ` +
      "DescribeTaskList, thirty\ntimes for AssumeRole",
  },
  "time-zone": {
    value: "HOURS",
    sets: "timeZoneHours",
    read: readNumber(-12),
    help: "the UTC offset of times in the Redis API, such as\n" + `--time-zone=-5 (default ${defaults.timeZoneHours})`,
  },
  "password-time": {
    value: "MODE",
    sets: "passwordTime",
    // Checked later, with the other options of the cloud.
    read: (given) => readText(given) as LocalCloudOptions["passwordTime"],
    help:
      "how PasswordLastModifiedTime of accounts behaves:\nkept: each change of the password updates it;\n" +
      `stays: only ModifyInstanceAccount updates it;\nempty: it is always empty (default ${defaults.passwordTime})`,
  },
  fault: {
    value: "ACTION=KIND[*N]",
    repeatable: true,
    sets: "faults",
    read: readTexts,
    help: "a fault, repeatable: for all requests of ACTION, or\nfor the next N; KIND is one of those below",
  },
  log: {
    value: "FILE",
    sets: "onRequest",
    read: openLog,
    help: "append a JSON line for each request: time, action,\ncode, requestId, taskId, fault",
  },
  export: {
    value: "FILE",
    help: "write a file for a POSIX shell to source, with the\naddress and the API key; it is deleted at the end",
  },
  help: { short: "h", help: "show this text" },
  version: { help: "show the version" },
};
