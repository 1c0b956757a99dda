import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { findOnPath, isExecutable, runCommand } from "./command";
import { withProgress } from "./progress";
import { versionFolder } from "./pulumiEngine";

/**
 * Returns a Python virtual environment with the packages of a requirements file, which pip installs once per machine.
 *
 * @throws Error with one line on what to install
 */
export async function ensurePythonPackages(requirements: string, log?: (line: string) => void): Promise<string> {
  const folder = path.join(versionFolder(), "python");
  // Written last, so that an interrupted installation does not have it.
  const installed = path.join(folder, "installed.txt");
  const wanted = readFileSync(requirements, "utf8");
  if (isExecutable(path.join(folder, "bin", "python")) && read(installed) === wanted) return folder;
  const python = findOnPath("python3");
  if (!python) throw new Error("Programs in Python need python3, which is not installed: install Python 3.10 or later");
  rmSync(folder, { recursive: true, force: true });
  const install = async () => {
    await succeed(python, ["-m", "venv", folder]);
    await succeed(path.join(folder, "bin", "python"), ["-m", "pip", "install", "--quiet", "-r", requirements]);
  };
  await withProgress("Installing Pulumi's package for Python, once on this machine", "about a minute", install, log);
  writeFileSync(installed, wanted);
  return folder;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

async function succeed(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, args, { env: process.env, timeoutMs: 10 * 60_000 });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} failed:\n${stdout}${stderr}`);
}
