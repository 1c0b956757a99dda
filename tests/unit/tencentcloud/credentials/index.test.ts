import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { expectBroken } from "../../support/expectBroken";
import { catchError } from "../../support/failure";
import { type Respond, useHttpServer } from "../../support/httpServer";
import { temporaryCredentials, useSts } from "../../support/sts";
import { type Values, credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";
import { exposeKey } from "../../support/withoutSource";

const home = useTemporaryHome();
const sts = useSts();
const metadata = useHttpServer();

const resolve = (config: Values, environment: Values) =>
  resolveCredentials(
    credentialContext({
      config,
      environment: { TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href, ...environment },
      homeDirectory: home.at(),
      stsEndpoint: sts.stsEndpoint,
    }),
  );

const machineRole: Respond = (response, { path }) => {
  const key = { Code: "Success", TmpSecretId: "ofTheMachine", TmpSecretKey: "k", Token: "t" };
  response.end(path.endsWith("/") ? "theRole" : JSON.stringify(key));
};
const noMachineRole: Respond = (response) => response.writeHead(404).end();

/** A source: what makes it apply, what breaks it, and the secret id of its key. */
interface Source {
  readonly name: string;
  readonly config?: Values;
  readonly environment?: () => Values;
  readonly prepare?: () => void;
  readonly breakIt?: { readonly config?: Values; readonly environment?: Values; readonly prepare?: () => void };
  readonly secretId: string;
}

const sources: readonly Source[] = [
  {
    name: "Config tencentcloud-redis:",
    config: { "tencentcloud-redis:secretId": "ofTheOwnNamespace", "tencentcloud-redis:secretKey": "k" },
    breakIt: { config: { "tencentcloud-redis:secretKey": "" } },
    secretId: "ofTheOwnNamespace",
  },
  {
    name: "Config tencentcloud:",
    config: { "tencentcloud:secretId": "ofTheSharedNamespace", "tencentcloud:secretKey": "k" },
    breakIt: { config: { "tencentcloud:secretKey": "" } },
    secretId: "ofTheSharedNamespace",
  },
  {
    name: "the environment",
    environment: () => ({ TENCENTCLOUD_SECRET_ID: "ofTheEnvironment", TENCENTCLOUD_SECRET_KEY: "k" }),
    breakIt: { environment: { TENCENTCLOUD_SECRET_KEY: "" } },
    secretId: "ofTheEnvironment",
  },
  {
    name: "the TCCLI profile",
    prepare: () => home.write(".tccli/default.credential", '{"secretId":"ofTccli","secretKey":"k"}'),
    breakIt: { prepare: () => home.write(".tccli/default.credential", "{}") },
    secretId: "ofTccli",
  },
  {
    name: "the SDK profile",
    prepare: () => home.write(".tencentcloud/credentials", "[default]\nsecret_id = ofTheSdk\nsecret_key = k\n"),
    breakIt: { prepare: () => home.write(".tencentcloud/credentials", "") },
    secretId: "ofTheSdk",
  },
  {
    name: "web identity",
    environment: () => ({
      TKE_REGION: "ap-guangzhou",
      TKE_PROVIDER_ID: "tke-oidc",
      TKE_WEB_IDENTITY_TOKEN_FILE: home.at("token"),
      TKE_ROLE_ARN: "qcs::cam::uin/1:roleName/r",
    }),
    prepare: () => home.write("token", "t"),
    breakIt: { prepare: () => home.write("token", "") },
    secretId: "temporaryId",
  },
  {
    name: "the CVM role",
    prepare: () => (metadata.respond = machineRole),
    breakIt: { prepare: () => (metadata.respond = (response) => response.end("theRole")) },
    secretId: "ofTheMachine",
  },
];

const cases = sources.map((source, index): [string, number] => [source.name, index]);

/** Sets up this source and all later ones, and none before it. */
function applyFrom(index: number, isBroken: boolean) {
  const config: Values = {};
  const environment: Values = {};
  for (const source of sources.slice(index)) {
    Object.assign(config, source.config);
    Object.assign(environment, source.environment?.());
    source.prepare?.();
  }
  const breakIt = isBroken ? sources[index]?.breakIt : undefined;
  breakIt?.prepare?.();
  return { config: { ...config, ...breakIt?.config }, environment: { ...environment, ...breakIt?.environment } };
}

beforeEach(() => {
  metadata.respond = noMachineRole;
});

it.each(cases)("%s takes precedence over all later sources", async (_, index) => {
  const { config, environment } = applyFrom(index, false);
  await expect(resolve(config, environment)).resolves.toHaveProperty("secretId", sources[index]?.secretId);
});

it.each(cases)("%s stops the search if it is broken", async (_, index) => {
  const { config, environment } = applyFrom(index, true);
  const error = await catchError(() => resolve(config, environment));
  expect(error).toHaveProperty("name", "CredentialsError");
  expect(error).not.toHaveProperty("message", expect.stringContaining("No Tencent Cloud credentials"));
});

it("without credentials, every source and what it lacks is listed", async () => {
  await expectBroken(
    () => resolve({}, {}),
    "No Tencent Cloud credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment, or " +
      "another source. None of these has any: " +
      "Config (tencentcloud-redis:secretId and tencentcloud-redis:secretKey are not set); " +
      "Config (tencentcloud:secretId and tencentcloud:secretKey are not set); " +
      "Environment (TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set); " +
      `TCCLI profile (${home.at(".tccli/default.credential")} does not exist); ` +
      `SDK profile (neither ${home.at(".tencentcloud/credentials")} nor /etc/tencentcloud/credentials exists); ` +
      "web identity (TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN are not set); " +
      "CVM role (no metadata service answers)",
  );
});

it.each(cases)("a role is assumed with the key of %s", async (_, index) => {
  const roleArn = "qcs::cam::uin/1:roleName/r";
  const { config, environment } = applyFrom(index, false);
  const resolved = await resolve({ ...config, "tencentcloud:assumeRole": JSON.stringify({ roleArn }) }, environment);
  expect(exposeKey(resolved)).toStrictEqual(temporaryCredentials);
  expect(sts.questions().at(-1)).toMatchObject({
    action: "AssumeRole",
    region: "ap-guangzhou",
    signedBy: sources[index]?.secretId,
    parameters: { RoleArn: roleArn },
  });
});
