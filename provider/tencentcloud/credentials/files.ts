import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { CredentialsError } from "../errors/errors";

/**
 * Returns a file's text, or undefined if the file does not exist.
 *
 * @param shown the name of the file in errors
 * @throws CredentialsError if the file cannot be read
 */
export async function readIfExists(file: string, shown = file): Promise<string | undefined> {
  try {
    // Editors on Windows start a file with a byte order mark, which no parser accepts.
    return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as { readonly code: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new CredentialsError(`${shown}: cannot be read (${code})`);
  }
}

/**
 * Returns whether a value looks like a path. Other values are never shown: a CI variable can hold the content of the
 * file, a token or a key, instead of its path.
 */
export const looksLikePath = (value: string): boolean =>
  value.length <= 1000 && /^(~|\.{0,2}[/\\]|[a-z]:[/\\])[^\r\n{}[\]=]*$/i.test(value);

/** A file that a user has named. */
interface NamedFile {
  /** The prefix of errors about the file. */
  readonly source: string;
  /** The setting that names the file, as in errors. */
  readonly setting: string;
  readonly value: string;
  readonly homeDirectory: string;
}

/**
 * Returns the path and the text of a file that a user has named.
 *
 * @throws CredentialsError if the file does not exist or cannot be read
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
 * Returns a path with its leading `~` replaced by the home directory. No shell does that for a value in Pulumi config
 * or in a CI variable.
 *
 * @param name the setting, for errors
 * @throws CredentialsError for the home directory of another user, which only a shell can resolve
 */
export function expandHome(name: string, value: string, homeDirectory: string): string {
  if (!value.startsWith("~")) return value;
  const rest = value.slice(1);
  if (/^($|[/\\])/.test(rest)) return join(homeDirectory, rest);
  throw new CredentialsError(`${name}: "~" stands for your own home directory only, use a full path for another one`);
}
