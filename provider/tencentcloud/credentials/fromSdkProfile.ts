import path from "node:path";

import { CredentialsError } from "../../errors";
import { type Found, type Surroundings, keyPair } from "./credentials";
import { readIfThere } from "./readIfThere";

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

async function parse(file: string, text: string): Promise<Found> {
  const { default: ini } = await import("ini");
  const { default: profile } = ini.parse(text) as { default?: Record<string, unknown> | null };
  if (typeof profile !== "object" || profile === null) throw new CredentialsError(`${file}: has no section [default]`);
  const { secret_id, secret_key, token } = profile;
  const found = keyPair(file, ["secret_id", secret_id], ["secret_key", secret_key], ["token", token]);
  if ("lacks" in found) throw new CredentialsError(`${file}: ${found.lacks}`);
  return found;
}
