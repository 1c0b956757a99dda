import path from "node:path";

import { runCommand } from "../../../../tools/command";

/**
 * Installs a generated SDK like `pulumi package add`, but outside the virtual environment, which all projects of this
 * machine share. Returns the environment in which a program finds it.
 */
export async function installPythonSdk(virtualenv: string, sdk: string): Promise<NodeJS.ProcessEnv> {
  const folder = `${sdk}-installed`;
  // The virtual environment has all dependencies.
  const offline = ["--no-index", "--no-deps", "--no-build-isolation"];
  const args = ["-m", "pip", "install", "--quiet", ...offline, "--target", folder, sdk];
  const { code, stdout, stderr } = await runCommand(path.join(virtualenv, "bin", "python"), args, {
    env: process.env,
    timeoutMs: 10 * 60_000,
  });
  if (code !== 0) throw new Error(`Installing the SDK for Python failed:\n${stdout}${stderr}`);
  return { PYTHONPATH: folder };
}
