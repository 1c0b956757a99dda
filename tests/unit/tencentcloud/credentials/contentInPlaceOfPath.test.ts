import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { expectBroken } from "../../support/expectBroken";
import { type Values, credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";

const home = useTemporaryHome();
const resolve = (environment: Values) =>
  resolveCredentials(credentialContext({ environment, homeDirectory: home.at() }));

const token = `eyJhbGciOiJub25lIn0.${"S3CRET".repeat(10)}.c2ln`;
const webIdentity = { TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "p", TENCENTCLOUD_ASSUME_ROLE_ARN: "r" };
const pod = { TKE_REGION: "ap-guangzhou", TKE_PROVIDER_ID: "p", TKE_ROLE_ARN: "r" };
const credentialsFile = "TENCENTCLOUD_CREDENTIALS_FILE does not name a file";
const tokenFile = "Web identity: TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE";
const podFile = "Web identity: TKE_WEB_IDENTITY_TOKEN_FILE";

it.each<[string, Values, string]>([
  [
    "the content of an INI file",
    { TENCENTCLOUD_CREDENTIALS_FILE: "[default]\nsecret_id = AKID\nsecret_key = S3CRET" },
    credentialsFile,
  ],
  ["a JSON object", { TENCENTCLOUD_CREDENTIALS_FILE: '{"secretKey":"S3CRET"}' }, credentialsFile],
  ["a secret key", { TENCENTCLOUD_CREDENTIALS_FILE: "S3CRET" }, credentialsFile],
  [
    "a token",
    { ...webIdentity, TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: token },
    `${tokenFile} does not name a file`,
  ],
  [
    "a long token",
    { ...webIdentity, TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: token.repeat(9) },
    `${tokenFile}: cannot be read (ENAMETOOLONG)`,
  ],
  [
    "a secret key, in the setting of a folder",
    { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: "S3CRET" },
    "TENCENTCLOUD_SHARED_CREDENTIALS_DIR: default.credential in its folder does not exist",
  ],
  ["a pod's token", { ...pod, TKE_WEB_IDENTITY_TOKEN_FILE: token }, `${podFile} does not name a file`],
])(
  "the error about a setting that holds %s instead of a path does not show its value",
  async (_, environment, message) => {
    await expectBroken(() => resolve(environment), message);
  },
);

it("a path without a file is shown", async () => {
  const file = home.at("none");
  await expectBroken(
    () => resolve({ TENCENTCLOUD_CREDENTIALS_FILE: file }),
    `TENCENTCLOUD_CREDENTIALS_FILE: ${file} does not exist`,
  );
});

const key = { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_SECRET_KEY: "k" };

it.each([
  "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID",
  "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME",
  "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION",
])("a setting of a role is an error if no role is set: %s", async (name) => {
  await expectBroken(
    () => resolve({ ...key, [name]: "1" }),
    `Environment: ${name} is set, TENCENTCLOUD_ASSUME_ROLE_ARN is not`,
  );
});

it.each(["TENCENTCLOUD_ASSUME_ROLE_SAML_ASSERTION", "TENCENTCLOUD_ASSUME_ROLE_PRINCIPAL_ARN"])(
  "the setting of an unsupported identity is an error: %s",
  async (name) => {
    await expectBroken(
      () => resolve({ [name]: "S3CRET" }),
      `Environment: ${name} is not supported: use a web identity, a profile or a key`,
    );
  },
);
