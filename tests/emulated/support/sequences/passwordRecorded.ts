import { isFingerprint, matches } from "../../../../provider/resource/contract/fingerprint";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import type { Properties } from "../../../protocol/support/struct";
import { passwords, region } from "./names";

/** Returns the password of the story that a state records, or undefined if it is none of them. */
export function passwordRecorded({ instanceId, account, passwordFingerprint }: Properties): string | undefined {
  if (!isFingerprint(passwordFingerprint)) return undefined;
  const named = typeof account === "string" ? { account } : {};
  const identity = { region, instanceId: String(instanceId), ...named };
  return passwords.find((password) => matches(new Secret(password), identity, passwordFingerprint));
}
