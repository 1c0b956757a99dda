import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { runCommand } from "../../../tools/command";

/** The time limit for installing an SDK, which is slow without a cache. */
export const installationMs = 5 * 60_000;

/** Creates a folder for an SDK. */
export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), "sdk-"));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** @throws Error with the command's output, if it fails or times out */
export async function install(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, args, { timeoutMs: installationMs });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} has failed: ${stdout}${stderr}`);
}
