import { copyFileSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { findOnPath, isExecutable } from "./command";
import { buildGoProgram, goModule } from "./goPrograms";
import { withProgress } from "./progress";

const cliModule = goModule("newestCli");

/** The newest version of the CLI in the matrix, as pinned by its Go module. */
export const newestVersion =
  /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m.exec(readFileSync(path.join(cliModule, "go.mod"), "utf8"))?.[1] ??
  "";

/**
 * Returns a folder with this CLI, and otherwise the content of another engine's folder. The CLI is built from source,
 * once per machine.
 *
 * @param engine the folder of the CLI that all other tests use. Its host for Node.js programs is reused, because no
 * newer one is available.
 * @throws Error with one line on what to install
 */
export async function ensureNewestPulumi(engine: string): Promise<string> {
  const home = process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi");
  const bin = path.join(home, "versions", newestVersion, "bin");
  const cli = path.join(bin, "pulumi");
  if (isExecutable(cli)) return bin;
  const go = findOnPath("go");
  if (!go) throw new Error(`Without Go, the Pulumi CLI ${newestVersion} cannot be built: install Go`);
  mkdirSync(bin, { recursive: true });
  for (const name of readdirSync(engine).filter((file) => /^pulumi-(language|resource)-.*nodejs$/.test(file))) {
    copyFileSync(path.join(engine, name), path.join(bin, name));
  }
  // The CLI is built last: if it exists, the folder is complete.
  const flag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${newestVersion}`;
  await withProgress(`Building the Pulumi CLI ${newestVersion} with Go, once on this machine`, "2 to 10 minutes", () =>
    buildGoProgram(go, cliModule, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", cli, flag),
  );
  return bin;
}
