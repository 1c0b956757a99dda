import { runCommand } from "../tools/command";

/** What a JavaScript program prints that runs in a folder. */
export async function printedBy(source: string, folder: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(process.execPath, ["-e", source], { cwd: folder });
  if (code !== 0) throw new Error(`a program of the benchmarks has failed: ${stderr}`);
  return stdout;
}
