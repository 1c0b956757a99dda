import { chmodSync, copyFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

import { runCommand } from "./command";
import { root } from "./root";

/**
 * Returns the folder of a Go module that pins a program to build. It is in the source tree, even if this code runs
 * compiled.
 */
export const goModule = (name: string): string => path.join(root, "tools", "engine", name);

/** Builds a program of a required module. An interrupted build leaves no incomplete file. */
export async function buildGoProgram(
  go: string,
  module: string,
  program: string,
  output: string,
  versionFlag = "",
): Promise<void> {
  const flags = ["-trimpath", "-ldflags", `-s -w ${versionFlag}`];
  const unfinished = `${output}.unfinished-${process.pid}`;
  try {
    const result = await runCommand(go, ["build", ...flags, "-o", unfinished, program], {
      cwd: module,
      env: { ...process.env, CGO_ENABLED: "0" },
      timeoutMs: 60 * 60_000,
    });
    if (result.code !== 0) throw new Error(`Building ${path.basename(output)} failed:\n${result.stderr}`);
    renameSync(unfinished, output);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Copies a script from the sources of a required module, which a build has downloaded. */
export async function copyGoScript(
  go: string,
  module: string,
  required: string,
  script: string,
  output: string,
): Promise<void> {
  const { stdout } = await runCommand(go, ["list", "-m", "-f", "{{.Dir}}", required], { cwd: module });
  copyFileSync(path.join(stdout.trim(), script), output);
  chmodSync(output, 0o755);
}
