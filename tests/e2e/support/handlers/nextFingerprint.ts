/** Replaces `resource/contract/fingerprint`: a later release, which makes fingerprints of version 2 and knows those of version 1. */
import * as original from "../../../../provider/resource/contract/fingerprint";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";

export * from "../../../../provider/resource/contract/fingerprint";

export const isKnownVersion: typeof original.isKnownVersion = (recorded) =>
  original.fingerprintVersion(recorded) === "v2" || original.isKnownVersion(recorded);

export function fingerprint(
  password: Secret,
  instance: Parameters<typeof original.fingerprint>[1],
  version = "v2",
): original.Fingerprint {
  if (version !== "v2") return original.fingerprint(password, instance, version);
  const another = original.fingerprint(new Secret(`2${password.expose()}`), instance, "v1");
  return another.replace("fingerprint v1", "fingerprint v2") as original.Fingerprint;
}

export const matches: typeof original.matches = (password, instance, recorded) =>
  original.fingerprintVersion(recorded) === "v2"
    ? fingerprint(password, instance) === recorded
    : original.matches(password, instance, recorded);
