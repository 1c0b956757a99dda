import { type Found, type SettingPlace, keyPair } from "./credentials";

/** A key that is set in one place. Nothing is filled in from another one: the halves would belong to two keys. */
export function fromSettings({ title, read }: SettingPlace): Found {
  const [id, key, token] = [read("secretId"), read("secretKey"), read("securityToken")];
  return keyPair(title, [id.name, id.value], [key.name, key.value], [token.name, token.value]);
}
