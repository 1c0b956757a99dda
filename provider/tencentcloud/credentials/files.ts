import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { CredentialsError } from "../errors/errors";

/**
 * Returns a file's text, or undefined if there is no such file.
 *
 * @param shown what errors call the file
 * @throws CredentialsError when there is one that cannot be read
 */
export async function readIfExists(file: string, shown = file): Promise<string | undefined> {
  try {
    // Windows' editors begin a file with a byte order mark, which no parser accepts.
    return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as { readonly code: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new CredentialsError(`${shown}: cannot be read (${code})`);
  }
}

/**
 * Whether a value that should be a path looks like one. What does not is never shown: a CI variable can hold the content
 * of the file, a token or a key, in place of its path.
 */
export const looksLikePath = (value: string): boolean =>
  value.length <= 1000 && /^(~|\.{0,2}[/\\]|[a-z]:[/\\])[^\r\n{}[\]=]*$/i.test(value);

/** A file that a user has named. */
interface NamedFile {
  /** What begins the errors about it. */
  readonly source: string;
  /** What the user has set, as errors call it. */
  readonly setting: string;
  readonly value: string;
  readonly homeDirectory: string;
}

/**
 * Returns a file that a user has named, and its text.
 *
 * @throws CredentialsError when there is none or it cannot be read
 */
export async function readNamedFile(named: NamedFile): Promise<{ readonly file: string; readonly text: string }> {
  const { source, setting, value, homeDirectory } = named;
  const file = expandHome(setting, value, homeDirectory);
  const isShown = looksLikePath(value);
  const text = await readIfExists(file, isShown ? file : setting);
  if (text !== undefined) return { file, text };
  throw new CredentialsError(isShown ? `${source}: ${file} does not exist` : `${setting} does not name a file`);
}

/**
 * Returns a path with the home directory in place of a leading `~`. No shell does that for a value in Pulumi config or
 * in a CI job's variable.
 *
 * @param name what the user has set, for the error
 * @throws CredentialsError for the home directory of another user, which only a shell knows
 */
export function expandHome(name: string, value: string, homeDirectory: string): string {
  if (!value.startsWith("~")) return value;
  const rest = value.slice(1);
  if (/^($|[/\\])/.test(rest)) return join(homeDirectory, rest);
  throw new CredentialsError(`${name}: "~" stands for your own home directory only, use a full path for another one`);
}
