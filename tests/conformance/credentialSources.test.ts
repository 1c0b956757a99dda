import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type LocalCloud, type RequestRecord, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { Session } from "../../provider/resource/session";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../provider/tencentcloud/redis/redis";

let mockHome: string;
// Jest gives a test a copy of the environment, which Node's own homedir does not see.
jest.mock("node:os", () => ({ ...jest.requireActual<object>("node:os"), homedir: () => mockHome }));

const instanceId = "crs-5a4py64p";
const roleArn = "qcs::cam::uin/100000000001:roleName/rotation";

/** What a user has set up, for one source of credentials. */
interface Setup {
  readonly environment?: Record<string, string>;
  readonly config?: Record<string, string>;
  /** Files in the home folder, by path. */
  readonly files?: Record<string, string>;
}

let cloud: LocalCloud;
let requests: RequestRecord[] = [];
let home: string;
const environmentBefore = { ...process.env };

beforeAll(async () => {
  // The tests ask by one account, each as a process of its own would: together they are too many for its quota.
  cloud = await startLocalCloud({
    requestsPerSecond: 1000,
    cvmRole: "machine",
    roles: [roleArn],
    onRequest: (record) => requests.push(record),
  });
});
afterAll(() => cloud.stop());

beforeEach(() => {
  requests = [];
  home = mkdtempSync(path.join(tmpdir(), "credential-sources-"));
  mockHome = home;
});
afterEach(() => {
  rmSync(home, { recursive: true });
  process.env = { ...environmentBefore };
});

/** Sets all up, and describes the instance for as many resources at once, as each refresh does. */
async function refreshThrice({ environment = {}, config = {}, files = {} }: Setup): Promise<unknown[]> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  process.env = {
    TENCENTCLOUD_REDIS_ENDPOINT: cloud.endpoint,
    TENCENTCLOUD_STS_ENDPOINT: cloud.endpoint,
    TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9",
    ...environment,
  };
  const session = new Session();
  session.configure((name) => config[name]);
  const ask = () => {
    const client = session.clientFor({ instanceId, region: "ap-guangzhou" });
    return describeInstance(client, instanceId, deadlineIn(10));
  };
  return Promise.all([ask(), ask(), ask()]);
}

const keyInEnvironment = () => ({
  TENCENTCLOUD_SECRET_ID: cloud.secretId,
  TENCENTCLOUD_SECRET_KEY: cloud.secretKey,
});
const profile = (more: object = {}) =>
  JSON.stringify({ secretId: cloud.secretId, secretKey: cloud.secretKey, ...more });

it.each<[string, () => Setup, string[]]>([
  [
    "Pulumi config tencentcloud-redis:",
    () => ({
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
    "Pulumi config tencentcloud:",
    () => ({
      config: { "tencentcloud:secretId": cloud.secretId, "tencentcloud:secretKey": cloud.secretKey },
      environment: { TENCENTCLOUD_SECRET_ID: "AKIDother", TENCENTCLOUD_SECRET_KEY: "other" },
    }),
    [],
  ],
  ["the environment", () => ({ environment: keyInEnvironment() }), []],
  ["a TCCLI profile", () => ({ files: { ".tccli/default.credential": profile() } }), []],
  [
    "a TCCLI profile by its name",
    () => ({ files: { ".tccli/prod.credential": profile() }, environment: { TENCENTCLOUD_PROFILE: "prod" } }),
    [],
  ],
  [
    "a TCCLI profile with a role",
    () => ({ files: { ".tccli/default.credential": profile({ "role-arn": roleArn }) } }),
    ["AssumeRole"],
  ],
  [
    "an SDK profile",
    () => ({
      files: {
        ".tencentcloud/credentials": `[default]\nsecret_id = ${cloud.secretId}\nsecret_key = ${cloud.secretKey}\n`,
      },
    }),
    [],
  ],
  [
    "a web identity",
    () => ({
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
    () => ({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: cloud.endpoint } }),
    ["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/machine"],
  ],
  [
    "a TCCLI profile by TCCLI's variable",
    () => ({ files: { ".tccli/prod.credential": profile() }, environment: { TCCLI_PROFILE: "prod" } }),
    [],
  ],
  [
    "a TCCLI profile with a role of TCCLI's variable",
    () => ({
      files: { ".tccli/default.credential": profile({ "role-arn": "qcs::cam::uin/1:roleName/other" }) },
      environment: { TENCENTCLOUD_ROLE_ARN: roleArn, TENCENTCLOUD_ROLE_SESSION_NAME: "tccli" },
    }),
    ["AssumeRole"],
  ],
  [
    "a TCCLI profile of the machine's role",
    () => ({
      files: { ".tccli/default.credential": '{"type":"cvm-role"}' },
      environment: { TENCENTCLOUD_METADATA_ENDPOINT: cloud.endpoint },
    }),
    ["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/machine"],
  ],
  [
    "the file that the Go SDK's variable names",
    () => ({
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
    () => ({
      environment: keyInEnvironment(),
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
    () => ({ environment: { ...keyInEnvironment(), TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn } }),
    ["AssumeRole"],
  ],
  [
    "a role from Pulumi config, on top",
    () => ({
      environment: keyInEnvironment(),
      config: { "tencentcloud:assumeRole": JSON.stringify({ roleArn, sessionName: "ci", sessionDuration: 900 }) },
    }),
    ["AssumeRole"],
  ],
])("credentials from %s are accepted, and fetched once for all", async (_, setup, fetches) => {
  expect(await refreshThrice(setup())).toEqual(Array(3).fill({ isPasswordFree: false, condition: "usable" }));
  expect(requests.filter(({ action }) => action !== "DescribeInstances").map(({ action }) => action)).toEqual(fetches);
  expect(requests.filter(({ code }) => code !== null)).toEqual([]);
});
