import { inConfig } from "../errors/apiErrors";
import { parseKeyPair } from "./keyPair";
import type { SettingPlace } from "./settingPlace";
import type { SourceResult } from "./source";

/** Reads a key pair from one place. A missing half is not taken from another place: it would belong to another key. */
export function fromSettings({ title, isEnvironment, read }: SettingPlace): SourceResult {
  const [id, key, token] = [read("secretId"), read("secretKey"), read("securityToken")];
  const found = parseKeyPair(title, [id.name, id.value], [key.name, key.value], [token.name, token.value]);
  if ("missing" in found) return found;
  const source = isEnvironment ? `the environment (${id.name})` : `${inConfig} (${id.name})`;
  return { credentials: { ...found.credentials, source } };
}
