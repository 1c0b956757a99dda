import { readFileSync } from "node:fs";
import path from "node:path";

import { root } from "../../support/markdown";
import { run } from "../support/localCommand";

it.each(["-h", "--help"])("%s prints the options, even with other options", async (flag) => {
  expect(await run(["--port", "0", flag])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("  --password-file [ID[/NAME]=]FILE") as string,
    stderr: "",
  });
});

it.each(["-h", "--help"])("reset %s prints the options of reset only", async (flag) => {
  const { code, stdout, stderr } = await run(["reset", flag]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: tencent-redis-local reset \[OPTION\.\.\.\]\n/);
  expect(stdout).not.toContain("--port");
});

it("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

it.each([
  [["--port", "many"], "--port: must be a number, 0 or more"],
  [["--port", "99999"], "--port: must be 65535 or less"],
  [["--port", "-1"], "--port: must be a number, 0 or more"],
  [["--port=1.5"], "--port: must be a whole number"],
  [["--port="], "--port: must be a number, 0 or more"],
  [["--port"], "--port: requires a value"],
  [["--port", "1", "--port", "2"], "--port: is given twice"],
  [["--log", "--port", "1"], "--log: requires a value; if it begins with a dash, write --log=VALUE"],
  [["--help=yes"], "--help: does not accept a value"],
  [["--instance", "@ap-guangzhou"], "--instance: must be ID or ID@REGION"],
  [["--instance", "crs-1@ap-tokyo"], "--instance: crs-1 is in ap-tokyo, which is not a region of this cloud"],
  [["--instance", "not an id"], "--instance: an id must look like crs-5a4py64p"],
  [["--instance", "crs-a", "--instance", "crs-a@ap-guangzhou"], "--instance: crs-a is given twice"],
  [["--instance", "crs-a=hush-Passw0rd"], "--instance: does not accept a password; use --password-file ID=FILE"],
  [
    ["--account", "crs-5a4py64p/reader=hush-Passw0rd"],
    "--account: does not accept a password; use --password-file ID/NAME=FILE",
  ],
  [
    ["--account", "crs-5a4py64p/hush@Passw0rd"],
    "--account: an account's name must have 1 to 32 letters, digits, hyphens or underscores, and not be root or default",
  ],
  [["reset", "--account", "reader=hush-Passw0rd"], "--account: does not accept a password; use --password-file FILE"],
  [["--task-seconds", "Infinity"], "--task-seconds: must be a number, 0 or more"],
  [["--requests-per-second", "0"], "--requests-per-second: must be 1 or more"],
  [["--secret-id", ""], "--secret-id: must be printable characters without white space or a slash"],
  [["--log", "/nonexistent/a"], "--log: cannot write /nonexistent/a: no such file or folder (ENOENT)"],
  [["--export", "/nonexistent/a"], "--export: cannot write /nonexistent/a: no such file or folder (ENOENT)"],
  [["--fault", "ResetPassword=gone", "--fault", "A"], "--fault number 2: a fault must be ACTION=KIND or ACTION=KIND*N"],
  [["--time-zone", "east"], "--time-zone: must be a number, -12 or more"],
  [["--time-zone", "15"], "--time-zone: must be a number of hours, from -12 to 14"],
  [["--password-time", "never"], "--password-time: must be kept, stays or empty"],
  [["--prot", "1"], "--prot: unknown option"],
  [["--secret-key=hush-Passw0rd"], "--secret-key: unknown option"],
  [["-p", "hush-Passw0rd"], "-p: unknown option"],
  [["crs-5a4py64p", "hush-Passw0rd"], "argument 1: is not an option"],
  [["reset", "--port", "1"], "--port: unknown option"],
  [
    ["reset"],
    "TENCENTCLOUD_REDIS_ENDPOINT: is not set: source the file that `tencent-redis-local --export FILE` writes",
  ],
])("a usage error names the option and points to --help, and no secret is shown: %j", async (args, reason) => {
  const help = args[0] === "reset" ? "reset --help" : "--help";
  expect(await run(args, { TENCENTCLOUD_REDIS_ENDPOINT: "" })).toEqual({
    code: 2,
    stdout: "",
    stderr: `tencent-redis-local: ${reason}. See \`tencent-redis-local ${help}\`.\n`,
  });
});

it("an invalid API key in the environment is reported without its value", async () => {
  const { code, stderr } = await run([], { TENCENT_REDIS_LOCAL_SECRET_KEY: "hush hush" });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^tencent-redis-local: --secret-key-file or TENCENT_REDIS_LOCAL_SECRET_KEY: must be printable/,
  );
  expect(stderr).not.toContain("hush");
});

it.each(["https://redis.tencentcloudapi.com", "http://redis.tencentcloudapi.com", "redis", "http://127.0.0.1.example"])(
  "reset sends nothing to %s: it changes only a local cloud",
  async (TENCENTCLOUD_REDIS_ENDPOINT) => {
    const key = { TENCENTCLOUD_SECRET_ID: "AKIDe2e", TENCENTCLOUD_SECRET_KEY: "hush-key" };
    const { code, stderr } = await run(["reset"], { ...key, TENCENTCLOUD_REDIS_ENDPOINT });
    expect(code).toBe(2);
    expect(stderr).toMatch(/TENCENTCLOUD_REDIS_ENDPOINT: must be the address of a local cloud, on a loopback address/);
  },
);
