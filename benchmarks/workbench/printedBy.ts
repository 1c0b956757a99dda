import { runCommand } from "../../tools/command";

/** Runs JavaScript source in a folder, and returns what it prints. */
export async function printedBy(source: string, folder: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(process.execPath, ["-e", source], { cwd: folder });
  if (code !== 0) throw new Error(`a benchmark program failed: ${stderr}`);
  return stdout;
}
