import { spawnSync } from "node:child_process";
import path from "node:path";

import { findOnPath } from "../../../tools/command";
import { install } from "./temporaryFolder";

/** Returns why no Python package can be installed here, or undefined if one can. */
function whyNoPython(): string | undefined {
  if (!findOnPath("python3")) return "python3 is not installed";
  // Some systems have a Python that cannot create virtual environments.
  const { status } = spawnSync("python3", ["-c", "import venv, ensurepip"], { timeout: 60_000 });
  return status === 0 ? undefined : "python3 is installed without venv";
}

/**
 * Declares tests that need Python. Working on this package does not require it: a machine without Python logs that, and
 * runs all other tests.
 */
export function describeWithPython(name: string, tests: () => void): void {
  const missing = whyNoPython();
  if (!missing) {
    describe(name, tests);
    return;
  }
  // Jest does not print the name of a file's only test when that is skipped.
  process.stderr.write(`Skipped: ${name}: ${missing}\n`);
  test.skip(`${name}: ${missing}`, () => {});
}

/** Installs packages into a new environment, in an empty folder, and returns its interpreter. */
export async function installPython(folder: string, ...packages: readonly string[]): Promise<string> {
  await install("python3", ["-m", "venv", folder]);
  const python = path.join(folder, "bin", "python");
  await install(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  return python;
}
