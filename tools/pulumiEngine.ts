import { mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";

import { findOnPath, isExecutable, runCommand } from "./command";
import { buildGoProgram, copyGoScript, goModule } from "./goPrograms";
import { withProgress } from "./progress";

/** The version of the CLI that the tests require. */
const { version } = createRequire(__filename)("pulumi/package.json") as { version: string };

const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * Returns a folder with a Pulumi CLI and its host for Node.js programs: the one on the PATH if it is recent enough,
 * otherwise one in Pulumi's folder for versions, which is downloaded or built on first use.
 *
 * @throws Error with one line on what to install
 */
export async function ensurePulumi(): Promise<string> {
  const onPath = await findRecentOnPath();
  if (onPath) return onPath;
  const root = versionFolder();
  const bin = path.join(root, "bin");
  if (isComplete(bin)) return bin;
  if (await downloadOfficial(bin)) return bin;
  await build(root);
  return bin;
}

/** Returns the folder of this version of the CLI, in Pulumi's folder for versions. */
export const versionFolder = (): string =>
  path.join(process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi"), "versions", version);

async function findRecentOnPath(): Promise<string | undefined> {
  // npm adds its own folder to the PATH, in which the package's `pulumi` would download missing files.
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

/** Uses Pulumi's own npm package, which downloads the CLI. */
async function downloadOfficial(bin: string): Promise<boolean> {
  const starter = require.resolve("pulumi/run.js");
  await withProgress(`Looking for the official download of the Pulumi CLI ${version}`, "about a minute", () =>
    runCommand(process.execPath, [starter, "version"], { timeoutMs: 10 * 60_000 }),
  );
  return isComplete(bin);
}

/** Builds from source, through the Go module proxy, for machines that can reach only package registries. */
async function build(root: string): Promise<void> {
  const go = findOnPath("go");
  if (!go) {
    throw new Error(
      `The Pulumi CLI could not be downloaded, and without Go it cannot be built: install Pulumi ${version} or later, or Go`,
    );
  }
  // Built in another folder and then renamed, so that an interrupted build is not taken for a complete one.
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

/** Uses two modules, since the language host is available only in an older version, which needs an older SDK. */
async function buildInto(bin: string, go: string): Promise<void> {
  const cli = goModule("cli");
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  await buildGoProgram(go, cli, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", path.join(bin, "pulumi"), versionFlag);
  const host = "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs";
  await buildGoProgram(go, goModule("languageHost"), host, path.join(bin, "pulumi-language-nodejs"));
  const plugin = "pulumi-resource-pulumi-nodejs";
  const script = path.join("nodejs", "dist", plugin);
  await copyGoScript(go, cli, "github.com/pulumi/pulumi/sdk/v3", script, path.join(bin, plugin));
}
