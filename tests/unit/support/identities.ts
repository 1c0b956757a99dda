import { resolveCredentials } from "../../../provider/tencentcloud/credentials";
import { clockWith } from "./clock";
import { type Values, credentialContext } from "./credentialContext";
import { type Respond, useHttpServer } from "./httpServer";
import { useSts } from "./sts";
import { useTemporaryHome } from "./temporaryHome";

export interface Setup {
  readonly profile?: string;
  readonly config?: Values;
  readonly environment?: Values;
}

export const own = (name: string, value: string) => ({ [`tencentcloud-redis:${name}`]: value });
export const shared = (name: string, value: string) => ({ [`tencentcloud:${name}`]: value });
export const ownKey = { ...own("secretId", "own"), ...own("secretKey", "k") };
export const sharedKey = { ...shared("secretId", "shared"), ...shared("secretKey", "k") };
export const key = { TENCENTCLOUD_SECRET_ID: "environment", TENCENTCLOUD_SECRET_KEY: "theS3CRETkey" };
export const webIdentity = (token: string) => ({
  providerId: "p",
  webIdentityToken: token,
  roleArn: "qcs::cam::uin/1:roleName/r",
});
export const webIdentityVariables = {
  TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "p",
  TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "theS3CRETtoken",
  TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r",
};

/** Simulates the metadata service of a machine. Each key contains the name of its role. */
export const machine: Respond = (response, { path }) => {
  const name = path.split("/").at(-1) ?? "";
  const answer = { Code: "Success", TmpSecretId: `machine-${name}`, TmpSecretKey: "k", Token: "t" };
  response.end(name === "" ? "first" : JSON.stringify(answer));
};

const clock = clockWith({ sleep: () => Promise.resolve() });

/** Provides all sources of credentials in all tests of a file: profiles, STS and the metadata service. */
export function useIdentities() {
  const home = useTemporaryHome();
  const sts = useSts();
  const metadata = useHttpServer();
  beforeEach(() => {
    metadata.respond = machine;
    for (const name of ["default", "a", "b", "c"]) {
      home.write(`.tccli/${name}.credential`, JSON.stringify({ secretId: `tccli-${name}`, secretKey: "theS3CRETkey" }));
    }
    home.write("sdk", "[default]\nsecret_id = sdk\nsecret_key = theS3CRETkey\n");
  });
  const resolve = ({ environment, ...setup }: Setup) =>
    resolveCredentials(
      credentialContext({
        ...setup,
        environment: { TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href, ...environment },
        homeDirectory: home.at(),
        stsEndpoint: sts.stsEndpoint,
        clock,
      }),
    );
  return { home, sts, metadata, resolve };
}
