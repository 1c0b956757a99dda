import { join } from "node:path";

import { CredentialsError } from "../errors/errors";
import { parseKeyPair } from "./keyPair";
import type { Setting } from "./settingPlace";
import { type CredentialContext, type SourceResult, requireCredentials } from "./source";
import { readIfExists, readNamedFile } from "./files";
import { parseIniSection } from "./parseIni";

/**
 * Reads the profile of the vendor's SDKs: `[default]` in `~/.tencentcloud/credentials`, otherwise in `/etc`.
 *
 * @throws CredentialsError if the file cannot be used
 */
export async function fromSdkProfile({ homeDirectory }: CredentialContext): Promise<SourceResult> {
  const files = [join(homeDirectory, ".tencentcloud", "credentials"), "/etc/tencentcloud/credentials"];
  for (const file of files) {
    const text = await readIfExists(file);
    if (text !== undefined) return readDefaultSection(file, text);
  }
  return { missing: `neither ${files.join(" nor ")} exists` };
}

/**
 * Reads the same profile from a file that a setting names.
 *
 * @throws CredentialsError if there is no such file, or it cannot be used
 */
export async function fromCredentialsFile(
  { name, value }: Setting & { readonly value: string },
  { homeDirectory }: CredentialContext,
): Promise<SourceResult> {
  const { file, text } = await readNamedFile({ source: name, setting: name, value, homeDirectory });
  return readDefaultSection(file, text);
}

function readDefaultSection(file: string, text: string): SourceResult {
  const profile = parseIniSection(text, "default");
  if (!profile) throw new CredentialsError(`${file}: has no section [default]`);
  const entry = (name: string) => {
    if (profile.repeated.includes(name)) throw new CredentialsError(`${file}: ${name} is set more than once`);
    return [name, profile.values.get(name)] as const;
  };
  const pair = parseKeyPair(file, entry("secret_id"), entry("secret_key"), entry("token"));
  const credentials = requireCredentials(file, pair);
  return { credentials: { ...credentials, source: `the profile [default] in ${file}` } };
}
