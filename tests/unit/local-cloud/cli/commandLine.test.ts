import { type Command, parseCommandLine } from "../../../../local-cloud/cli/commandLine";
import { UsageError } from "../../../../local-cloud/cli/usageError";

const instance = "crs-5a4py64p";

function parseServe(args: readonly string[]) {
  const command = parseCommandLine(args, {});
  if (command.kind !== "serve") throw new Error("the command does not serve");
  return command;
}

it.each([
  [["--instance", "crs-a", "--instance", "crs-b@r"], { instances: { "crs-a": {}, "crs-b": { region: "r" } } }],
  [
    ["--account", `${instance}/reader`, "--account", `${instance}/app-1`],
    { instances: { [instance]: { accounts: { reader: undefined, "app-1": undefined } } } },
  ],
  [
    ["--instance", "crs-a", "--instance", "crs-b", "--account", "crs-b/reader"],
    { instances: { "crs-a": {}, "crs-b": { accounts: { reader: undefined } } } },
  ],
  [["--region", "ap-tokyo", "--region", "ap-seoul"], { region: ["ap-tokyo", "ap-seoul"] }],
  [["--port", "8080"], { port: 8080 }],
  [["--secret-id", "AKID"], { secretId: "AKID" }],
  [["--role", "a", "--role", "b"], { roles: ["a", "b"] }],
  [["--cvm-role", "builder"], { cvmRole: "builder" }],
  [["--temporary-key-seconds", "60"], { temporaryKeySeconds: 60 }],
  [["--task-seconds", "0.5"], { taskSeconds: 0.5 }],
  [["--requests-per-second", "5"], { requestsPerSecond: 5 }],
  [["--time-zone=-5"], { timeZoneHours: -5 }],
  [["--password-time", "stays"], { passwordTime: "stays" }],
  [["--fault", "a=b", "--fault", "c=d"], { faults: ["a=b", "c=d"] }],
])("%j sets the named options, and nothing else", (args, set) => {
  const { options } = parseServe(args);
  expect(options).toEqual({ ...parseServe([]).options, ...set });
});

it("without options there is one instance, and the cloud's defaults apply", () => {
  const { options, exportFile } = parseServe([]);
  expect(options).toEqual({ instances: { [instance]: {} } });
  expect(exportFile).toBeUndefined();
});

it.each<[string[], Command]>([
  [["--port", "0", "-h"], { kind: "help" }],
  [["--version"], { kind: "version" }],
  [["reset", "--help"], { kind: "reset help" }],
  [
    ["reset"],
    { kind: "reset", reset: { instanceId: instance, region: undefined, account: undefined, password: undefined } },
  ],
  [
    ["reset", "--instance", "crs-a@ap-tokyo"],
    { kind: "reset", reset: { instanceId: "crs-a", region: "ap-tokyo", account: undefined, password: undefined } },
  ],
  [
    ["reset", "--account", "reader"],
    { kind: "reset", reset: { instanceId: instance, region: undefined, account: "reader", password: undefined } },
  ],
  [
    ["reset", "--account", "root"],
    { kind: "reset", reset: { instanceId: instance, region: undefined, account: undefined, password: undefined } },
  ],
])("%j is parsed as a command other than serve", (args, command) => {
  expect(parseCommandLine(args, {})).toEqual(command);
});

it("--export names the file that the command writes", () => {
  expect(parseServe(["--export", "cloud.env"]).exportFile).toBe("cloud.env");
});

const nameRule =
  "--account: an account's name must have 1 to 32 letters, digits, hyphens or underscores, and not be root or default";

it.each([
  [["--account", "reader"], "--account: must be ID/NAME"],
  [["--account", "/reader"], "--account: must be ID/NAME"],
  [["--account", `${instance}/`], "--account: must be ID/NAME"],
  [["--account", `${instance}/a@b`], nameRule],
  [["reset", "--account", ""], nameRule],
  [["reset", "--account", "a/b"], nameRule],
  [
    ["--account", `${instance}/reader`, "--password-free", `${instance}/reader`],
    "--password-free: must be ID: only root can be password-free",
  ],
  [["--account", "crs-x/reader"], "--account: crs-x is not an instance of this cloud"],
  [
    ["--account", `${instance}/reader`, "--account", `${instance}/reader`],
    `--account: ${instance}/reader is given twice`,
  ],
  [
    ["--account", `${instance}/reader=hush-1t`],
    "--account: does not accept a password; use --password-file ID/NAME=FILE",
  ],
  [["reset", "--account", "reader=hush-1t"], "--account: does not accept a password; use --password-file FILE"],
])("%j is a usage error that shows no password", (args, message) => {
  expect(() => parseCommandLine(args, {})).toThrow(UsageError);
  expect(() => parseCommandLine(args, {})).toThrow(new Error(message));
});
