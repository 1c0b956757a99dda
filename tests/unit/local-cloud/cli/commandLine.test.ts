import { type Command, parseCommandLine } from "../../../../local-cloud/cli/commandLine";

const instance = "crs-5a4py64p";

function parseServe(args: readonly string[]) {
  const command = parseCommandLine(args, {});
  if (command.kind !== "serve") throw new Error("the command does not serve");
  return command;
}

it.each([
  [["--instance", "crs-a", "--instance", "crs-b@r"], { instances: { "crs-a": {}, "crs-b": { region: "r" } } }],
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
])("%j sets what it names, and nothing else", (args, set) => {
  const { options } = parseServe(args);
  expect(options).toEqual({ ...parseServe([]).options, ...set });
});

it("without options there is one instance, and all else is up to the cloud", () => {
  const { options, exportFile } = parseServe([]);
  expect(options).toEqual({ instances: { [instance]: {} } });
  expect(exportFile).toBeUndefined();
});

it.each<[string[], Command]>([
  [["--port", "0", "-h"], { kind: "help" }],
  [["--version"], { kind: "version" }],
  [["reset", "--help"], { kind: "help" }],
  [["reset"], { kind: "reset", reset: { instanceId: instance, region: undefined, password: undefined } }],
  [
    ["reset", "--instance", "crs-a@ap-tokyo"],
    { kind: "reset", reset: { instanceId: "crs-a", region: "ap-tokyo", password: undefined } },
  ],
])("%j is another command than to serve", (args, command) => {
  expect(parseCommandLine(args, {})).toEqual(command);
});

it("--export names the file that the command writes", () => {
  expect(parseServe(["--export", "cloud.env"]).exportFile).toBe("cloud.env");
});
