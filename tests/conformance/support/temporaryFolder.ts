import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { runCommand } from "../../../tools/command";

/** The longest that an SDK may take to be installed: without a cache it comes from far away. */
export const installationMs = 5 * 60_000;

/** A folder for an SDK, to be removed at the end. */
export const newFolder = (): string => mkdtempSync(path.join(tmpdir(), "sdk-"));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** @throws Error with what the command has printed, when it fails or takes too long */
export async function install(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, args, { timeoutMs: installationMs });
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} has failed: ${stdout}${stderr}`);
}
