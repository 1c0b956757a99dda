import { runCommand } from "../../../../tools/command";

/**
 * Builds a program once, which downloads and compiles its imports. Returns the environment that reuses them and
 * prevents further downloads.
 */
export async function prepareGo(folder: string): Promise<NodeJS.ProcessEnv> {
  await go(folder, ["build", "-o", "/dev/null", "."]);
  const caches = JSON.parse(await go(folder, ["env", "-json", "GOCACHE", "GOMODCACHE"])) as NodeJS.ProcessEnv;
  return { ...caches, GOPROXY: "off" };
}

async function go(folder: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand("go", args, {
    cwd: folder,
    env: process.env,
    timeoutMs: 20 * 60_000,
  });
  if (code !== 0) throw new Error(`go ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}
