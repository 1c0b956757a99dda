/** Draws docs/run.svg, the picture in the README: a real run of the real CLI. */
import { writeFileSync } from "node:fs";
import path from "node:path";

import { startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { ensurePulumi } from "./pulumiEngine";
import { PulumiStack } from "./pulumiStack";
import { ensureRedisServer } from "./redisServer";
import { root } from "./root";
import { terminalPicture } from "./terminalPicture";

async function main(): Promise<void> {
  await ensureRedisServer();
  writeFileSync(path.join(root, "docs", "run.svg"), await drawRun(await ensurePulumi()));
}

/** A password is set; then it is changed in the code: a preview, an up, and an up that has nothing to do. */
export async function drawRun(engine: string): Promise<string> {
  const project = path.join(root, "examples", "quickstart");
  const stack = new PulumiStack({ engine, project, name: "dev", colors: true });
  const cloud = await startLocalCloud();
  const pulumi = async (password: string, ...args: string[]): Promise<string> => {
    const environment = { ...cloud.environment, REDIS_PASSWORD: password };
    const { code, stdout, stderr } = await stack.run([...args, "--suppress-progress"], environment);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} has failed: ${stderr}`);
    return `\u001b[1m$ pulumi ${args.join(" ")}\u001b[0m\n${stdout}`;
  };
  try {
    await stack.init();
    await pulumi("first-Passw0rd", "up", "--yes", "--skip-preview");
    const shown = [
      await pulumi("second-Passw0rd", "preview"),
      await pulumi("second-Passw0rd", "up", "--yes", "--skip-preview"),
      await pulumi("second-Passw0rd", "up", "--yes", "--skip-preview"),
    ];
    return terminalPicture("The password in the code was changed: a preview, an up, and a second up", shown.join(""));
  } finally {
    await cloud.stop();
    stack.remove();
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
