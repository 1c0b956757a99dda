import { isFingerprint, matches } from "../../../../provider/resource/fingerprint";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import type { Properties } from "../../../protocol/support/struct";
import { passwords, region } from "./story";

/** The password of the story that a state records, or undefined for none of them. */
export function passwordRecorded({ instanceId, passwordFingerprint }: Properties): string | undefined {
  if (!isFingerprint(passwordFingerprint)) return undefined;
  return passwords.find((password) =>
    matches(new Secret(password), { region, instanceId: String(instanceId) }, passwordFingerprint),
  );
}
