import path from "node:path";

import type { LocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

export const roleArn = "qcs::cam::uin/100000000001:roleName/rotation";

/** A user's configuration for one source of credentials. */
export interface Setup {
  readonly environment?: Record<string, string>;
  readonly config?: Record<string, string>;
  /** Files in the home folder, by path. */
  readonly files?: Record<string, string>;
}

/** The origin of a source's key. */
export interface Place {
  readonly cloud: LocalCloud;
  readonly home: string;
}

/** The configuration for each source, and the requests that fetch the credentials. */
export const credentialSetups: readonly (readonly [
  source: string,
  setup: (place: Place) => Setup,
  fetches: readonly string[],
])[] = [
  [
    "Config tencentcloud-redis:",
    ({ cloud }) => ({
      config: {
        "tencentcloud-redis:secretId": cloud.secretId,
        "tencentcloud-redis:secretKey": cloud.secretKey,
        "tencentcloud:secretId": "AKIDother",
        "tencentcloud:secretKey": "other",
      },
    }),
    [],
  ],
  [
    "Config tencentcloud:",
    ({ cloud }) => ({
      config: { "tencentcloud:secretId": cloud.secretId, "tencentcloud:secretKey": cloud.secretKey },
      environment: { TENCENTCLOUD_SECRET_ID: "AKIDother", TENCENTCLOUD_SECRET_KEY: "other" },
    }),
    [],
  ],
  ["the environment", ({ cloud }) => ({ environment: keyInEnvironment(cloud) }), []],
  ["a TCCLI profile", ({ cloud }) => ({ files: { ".tccli/default.credential": profile(cloud) } }), []],
  [
    "a TCCLI profile by its name",
    ({ cloud }) => ({
      files: { ".tccli/prod.credential": profile(cloud) },
      environment: { TENCENTCLOUD_PROFILE: "prod" },
    }),
    [],
  ],
  [
    "a TCCLI profile with a role",
    ({ cloud }) => ({ files: { ".tccli/default.credential": profile(cloud, { "role-arn": roleArn }) } }),
    ["AssumeRole"],
  ],
  [
    "an SDK profile",
    ({ cloud }) => ({
      files: {
        ".tencentcloud/credentials": `[default]\nsecret_id = ${cloud.secretId}\nsecret_key = ${cloud.secretKey}\n`,
      },
    }),
    [],
  ],
  [
    "a web identity",
    ({ home }) => ({
      files: { token: "the-token-of-a-pod\n" },
      environment: {
        TKE_REGION: "ap-guangzhou",
        TKE_PROVIDER_ID: "cls-1",
        TKE_WEB_IDENTITY_TOKEN_FILE: path.join(home, "token"),
        TKE_ROLE_ARN: roleArn,
      },
    }),
    ["AssumeRoleWithWebIdentity"],
  ],
  [
    "a CVM role",
    ({ cloud }) => ({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: cloud.endpoint } }),
    ["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/machine"],
  ],
  [
    "a TCCLI profile by TCCLI's variable",
    ({ cloud }) => ({ files: { ".tccli/prod.credential": profile(cloud) }, environment: { TCCLI_PROFILE: "prod" } }),
    [],
  ],
  [
    "a TCCLI profile with a role of TCCLI's variable",
    ({ cloud }) => ({
      files: { ".tccli/default.credential": profile(cloud, { "role-arn": "qcs::cam::uin/1:roleName/other" }) },
      environment: { TENCENTCLOUD_ROLE_ARN: roleArn, TENCENTCLOUD_ROLE_SESSION_NAME: "tccli" },
    }),
    ["AssumeRole"],
  ],
  [
    "a TCCLI profile of the machine's role",
    ({ cloud }) => ({
      files: { ".tccli/default.credential": '{"type":"cvm-role"}' },
      environment: { TENCENTCLOUD_METADATA_ENDPOINT: cloud.endpoint },
    }),
    ["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/machine"],
  ],
  [
    "the file that the Go SDK's variable names",
    ({ cloud }) => ({
      files: { keys: `[default]\nsecret_id: ${cloud.secretId}\nsecret_key: ${cloud.secretKey}\n` },
      environment: { TENCENTCLOUD_CREDENTIALS_FILE: "~/keys" },
    }),
    [],
  ],
  [
    "Terraform's web identity in the environment",
    () => ({
      environment: {
        TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "github",
        TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "the-token-of-a-job",
        TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn,
      },
    }),
    ["AssumeRoleWithWebIdentity"],
  ],
  [
    "Terraform's web identity in Pulumi config",
    () => ({
      config: {
        "tencentcloud:assumeRoleWithWebIdentity": JSON.stringify({
          providerId: "github",
          webIdentityToken: "the-token-of-a-job",
          roleArn,
          sessionDuration: 900,
        }),
      },
    }),
    ["AssumeRoleWithWebIdentity"],
  ],
  [
    "a role with an MFA code, on top",
    ({ cloud }) => ({
      environment: keyInEnvironment(cloud),
      config: {
        "tencentcloud:assumeRole": JSON.stringify({
          roleArn,
          sourceIdentity: "100000000001",
          serialNumber: "qcs::cam:uin/100000000001::mfa/softToken",
          tokenCode: 123456,
        }),
      },
    }),
    ["AssumeRole"],
  ],
  [
    "a role from the environment, on top",
    ({ cloud }) => ({ environment: { ...keyInEnvironment(cloud), TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn } }),
    ["AssumeRole"],
  ],
  [
    "a role from Pulumi config, on top",
    ({ cloud }) => ({
      environment: keyInEnvironment(cloud),
      config: { "tencentcloud:assumeRole": JSON.stringify({ roleArn, sessionName: "ci", sessionDuration: 900 }) },
    }),
    ["AssumeRole"],
  ],
];

const keyInEnvironment = (cloud: LocalCloud) => ({
  TENCENTCLOUD_SECRET_ID: cloud.secretId,
  TENCENTCLOUD_SECRET_KEY: cloud.secretKey,
});
const profile = (cloud: LocalCloud, more: object = {}) =>
  JSON.stringify({ secretId: cloud.secretId, secretKey: cloud.secretKey, ...more });
