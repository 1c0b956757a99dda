import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";

import { findOnPath, isExecutable, runCommand } from "./command";
import { withProgress } from "./progress";
import { root as repository } from "./root";

/** The version of the CLI that the tests are written for. */
const { version } = createRequire(__filename)("pulumi/package.json") as { version: string };

const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * The folder that holds a Pulumi CLI with what it needs for Node.js programs: the one on the PATH if it is recent
 * enough, else one kept in Pulumi's own place for versions, where it is downloaded or built the first time.
 *
 * @throws Error with one line on what to install
 */
export async function ensurePulumi(): Promise<string> {
  const onPath = await findRecentOnPath();
  if (onPath) return onPath;
  const home = process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi");
  const root = path.join(home, "versions", version);
  const bin = path.join(root, "bin");
  if (isComplete(bin)) return bin;
  if (await downloadOfficial(bin)) return bin;
  await build(root);
  return bin;
}

async function findRecentOnPath(): Promise<string | undefined> {
  // npm puts its own folder on the PATH, where the package's `pulumi` would download what is missing.
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const searchPath = folders.filter((folder) => !folder.endsWith(path.join("node_modules", ".bin")));
  const found = findOnPath("pulumi", searchPath.join(path.delimiter));
  if (!found || !isComplete(path.dirname(found))) return undefined;
  const { stdout } = await runCommand(found, ["version"], { timeoutMs: 30_000 });
  return isRecent(stdout.trim().replace(/^v/, "")) ? path.dirname(found) : undefined;
}

function isRecent(found: string): boolean {
  const [major = 0, minor = 0] = found.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = version.split(".").map(Number);
  return major === wantedMajor && minor >= wantedMinor;
}

const isComplete = (bin: string): boolean => programs.every((program) => isExecutable(path.join(bin, program)));

/** By Pulumi's own npm package, which downloads what it starts. */
async function downloadOfficial(bin: string): Promise<boolean> {
  const starter = require.resolve("pulumi/run.js");
  await withProgress(`Looking for the official download of the Pulumi CLI ${version}`, "about a minute", () =>
    runCommand(process.execPath, [starter, "version"], { timeoutMs: 10 * 60_000 }),
  );
  return isComplete(bin);
}

/** From source, through the Go module proxy: for machines that reach package registries only. */
async function build(root: string): Promise<void> {
  const go = findOnPath("go");
  if (!go) {
    throw new Error(
      `The Pulumi CLI could not be downloaded, and without Go it cannot be built: install Pulumi ${version} or later, or Go`,
    );
  }
  // Complete or not there at all: a build that was interrupted must not be taken for one.
  const unfinished = `${root}.unfinished-${process.pid}`;
  const bin = path.join(unfinished, "bin");
  mkdirSync(bin, { recursive: true });
  try {
    await withProgress(`Building the Pulumi CLI ${version} with Go, once on this machine`, "2 to 10 minutes", () =>
      buildInto(bin, go),
    );
    rmSync(root, { recursive: true, force: true });
    renameSync(unfinished, root);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Two modules, since the language host is served only in an older version, which needs an older SDK. */
async function buildInto(bin: string, go: string): Promise<void> {
  const cli = path.join(modulesFolder, "cli");
  const languageHost = path.join(modulesFolder, "languageHost");
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  await buildOne(go, cli, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", path.join(bin, "pulumi"), versionFlag);
  const host = "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs";
  await buildOne(go, languageHost, host, path.join(bin, "pulumi-language-nodejs"));
  const plugin = path.join(bin, "pulumi-resource-pulumi-nodejs");
  const sdk = await runCommand(go, ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], { cwd: cli });
  copyFileSync(path.join(sdk.stdout.trim(), "nodejs", "dist", path.basename(plugin)), plugin);
  chmodSync(plugin, 0o755);
}

/** Builds a program that a Go module pins. */
export async function buildOne(
  go: string,
  module: string,
  program: string,
  output: string,
  versionFlag = "",
): Promise<void> {
  const flags = ["-trimpath", "-ldflags", `-s -w ${versionFlag}`];
  const result = await runCommand(go, ["build", ...flags, "-o", output, program], {
    cwd: module,
    env: { ...process.env, CGO_ENABLED: "0" },
    timeoutMs: 60 * 60_000,
  });
  if (result.code !== 0) throw new Error(`Building ${path.basename(output)} failed:\n${result.stderr}`);
}

/** The Go modules stand beside this file's source, also when its compiled form runs. */
export const modulesFolder = path.join(repository, "tools", "engine");
