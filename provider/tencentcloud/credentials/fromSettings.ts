import { type Found, type SettingPlace, keyPair } from "./source";

/** A key that is set in one place. Nothing is filled in from another one: the halves would belong to two keys. */
export function fromSettings({ title, isEnvironment, read }: SettingPlace): Found {
  const [id, key, token] = [read("secretId"), read("secretKey"), read("securityToken")];
  const found = keyPair(title, [id.name, id.value], [key.name, key.value], [token.name, token.value]);
  if ("lacks" in found) return found;
  const source = isEnvironment ? `the environment (${id.name})` : `Pulumi config (${id.name})`;
  return { credentials: { ...found.credentials, source } };
}
