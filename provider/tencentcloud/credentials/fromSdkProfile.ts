import path from "node:path";

import { CredentialsError } from "../errors/errors";
import { type Found, type Setting, type Surroundings, keyPair, requireFound } from "./source";
import { readIfThere, readNamedFile } from "./files";
import { parseIniSection } from "./parseIni";

/**
 * The profile of the vendor's SDKs: `[default]` in `~/.tencentcloud/credentials`, else in `/etc`.
 *
 * @throws CredentialsError when the file cannot be used
 */
export async function fromSdkProfile({ homeDirectory }: Surroundings): Promise<Found> {
  const files = [path.join(homeDirectory, ".tencentcloud", "credentials"), "/etc/tencentcloud/credentials"];
  for (const file of files) {
    const text = await readIfThere(file);
    if (text !== undefined) return parse(file, text);
  }
  return { lacks: `neither ${files.join(" nor ")} exists` };
}

/**
 * The same in a file that a setting names.
 *
 * @throws CredentialsError when there is none, or it cannot be used
 */
export async function fromCredentialsFile(
  { name, value }: Setting & { readonly value: string },
  { homeDirectory }: Surroundings,
): Promise<Found> {
  const { file, text } = await readNamedFile({ source: name, setting: name, value, homeDirectory });
  return parse(file, text);
}

function parse(file: string, text: string): Found {
  const profile = parseIniSection(text, "default");
  if (!profile) throw new CredentialsError(`${file}: has no section [default]`);
  const entry = (name: string) => {
    if (profile.repeated.includes(name)) throw new CredentialsError(`${file}: ${name} is set more than once`);
    return [name, profile.values.get(name)] as const;
  };
  const pair = keyPair(file, entry("secret_id"), entry("secret_key"), entry("token"));
  const credentials = requireFound(file, pair);
  return { credentials: { ...credentials, source: `the profile [default] in ${file}` } };
}
