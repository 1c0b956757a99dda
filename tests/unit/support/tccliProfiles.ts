import { fromNamedTccliProfile, fromTccliProfile } from "../../../provider/tencentcloud/credentials/fromTccliProfile";
import { type Values, credentialContext } from "./credentialContext";
import { useSts } from "./sts";
import { useTemporaryHome } from "./temporaryHome";
import { withoutSource } from "./withoutSource";

export interface Choice {
  readonly config?: Values;
  readonly environment?: Values;
}

/**
 * Provides a home directory for TCCLI profiles, and an STS that issues keys for their roles, in all tests of a file.
 */
export function useTccliProfiles() {
  const home = useTemporaryHome();
  const sts = useSts();
  const around = (choice: Choice = {}) =>
    credentialContext({ ...choice, homeDirectory: home.at(), stsEndpoint: sts.stsEndpoint });
  const find = async (choice?: Choice) => withoutSource(await fromTccliProfile(around(choice)));
  const findNamed = async (name: string, choice?: Choice) =>
    withoutSource(await fromNamedTccliProfile(name, around(choice)));
  return { home, sts, find, findNamed };
}

/** Returns a profile whose key identifies it. */
export const makeProfile = (name: string, changes: object = {}) =>
  JSON.stringify({ secretId: `${name}Id`, secretKey: "theS3CRETkey", ...changes });

export const makeKey = (name: string, changes: object = {}) => ({
  credentials: { secretId: `${name}Id`, secretKey: "theS3CRETkey", ...changes },
});
