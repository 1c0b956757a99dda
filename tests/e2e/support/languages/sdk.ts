import path from "node:path";

import { findOnPath, runCommand } from "../../../../tools/command";
import { goModule } from "../../../../tools/goPrograms";
import { withProgress } from "../../../../tools/progress";
import { root } from "../../../support/markdown";

/**
 * Writes the SDK of the provider plugin for a language.
 *
 * `pulumi package add` asks the language host for it. The hosts that are built here are too old for that, so this calls
 * Pulumi's generators in the hosts directly.
 */
export async function generateSdk(
  language: "go" | "python",
  folder: string,
  log?: (line: string) => void,
): Promise<void> {
  const go = findOnPath("go");
  if (!go) throw new Error("The SDKs are generated with Go, which is not installed: install Go");
  const generate = async () => {
    const { code, stderr } = await runCommand(go, ["run", "./sdk", path.join(root, "schema.json"), language, folder], {
      cwd: goModule("cli"),
      env: process.env,
      timeoutMs: 30 * 60_000,
    });
    if (code !== 0) throw new Error(`Generating the SDK failed:\n${stderr}`);
  };
  await withProgress(`Generating the SDK for ${language}`, "seconds, or minutes the first time", generate, log);
}
