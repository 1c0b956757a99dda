import { readFile } from "node:fs/promises";

import { CredentialsError } from "../../errors";

/**
 * A file's text, or undefined where there is none.
 *
 * @throws CredentialsError when there is one that cannot be read
 */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    // Windows' editors begin a file with a mark that no parser wants.
    return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new CredentialsError(`${file}: cannot be read (${code})`);
  }
}
