import { fromWebIdentity } from "../../../../provider/tencentcloud/credentials/fromWebIdentity";
import { expectBroken } from "../../support/expectBroken";
import { loseAnswer } from "../../support/httpServer";
import { refuseRole, temporaryCredentials, useSts } from "../../support/sts";
import { type Values, credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";
import { withoutSource } from "../../support/withoutSource";

const home = useTemporaryHome();
const sts = useSts();

/** The environment of a pod. */
const pod = () => ({
  TKE_REGION: "ap-singapore",
  TKE_PROVIDER_ID: "tke-oidc",
  TKE_WEB_IDENTITY_TOKEN_FILE: home.at("token"),
  TKE_ROLE_ARN: "qcs::cam::uin/1:roleName/r",
});

const find = (environment: Values = pod()) =>
  fromWebIdentity(credentialContext({ environment, stsEndpoint: sts.stsEndpoint }));

it("the token in the file is exchanged for a role, in the pod's region", async () => {
  home.write("token", "theS3CRETtoken\n");
  expect(withoutSource(await find())).toStrictEqual({ credentials: temporaryCredentials });
  expect(sts.askedFor).toEqual(["ap-singapore"]);
  expect(sts.questions()).toEqual([
    {
      action: "AssumeRoleWithWebIdentity",
      region: "ap-singapore",
      // There is no key to sign with yet.
      signedBy: "SKIP",
      parameters: {
        ProviderId: "tke-oidc",
        WebIdentityToken: "theS3CRETtoken",
        RoleArn: "qcs::cam::uin/1:roleName/r",
        RoleSessionName: "pulumi-tencentcloud-redis",
        DurationSeconds: 7200,
      },
    },
  ]);
});

it("the token is read again each time, because it is renewed", async () => {
  home.write("token", "first");
  await find();
  home.write("token", "second");
  await find();
  expect(sts.questions().map(({ parameters }) => parameters)).toMatchObject([
    { WebIdentityToken: "first" },
    { WebIdentityToken: "second" },
  ]);
});

it("without any variable there are no credentials", async () => {
  expect(await find({})).toStrictEqual({
    missing: "TKE_REGION, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN are not set",
  });
});

it.each(["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"] as const)(
  "the source is broken without %s",
  async (name) => {
    home.write("token", "theS3CRETtoken");
    const environment = Object.fromEntries(Object.entries(pod()).filter(([other]) => other !== name));
    await expectBroken(() => find(environment), `Web identity: ${name} not set`);
  },
);

it("the source is broken if most parts are missing", async () => {
  await expectBroken(
    () => find({ TKE_REGION: "ap-singapore" }),
    "Web identity: TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE, TKE_ROLE_ARN not set",
  );
});

it.each<[string, () => void, string]>([
  ["is missing", () => {}, "Web identity: FILE does not exist"],
  ["is empty", () => home.write("token", " \n"), "Web identity: FILE is empty"],
  ["cannot be read", () => home.makeFolder("token"), "FILE: cannot be read (EISDIR)"],
])("the source is broken if the token's file %s", async (_, prepare, message) => {
  prepare();
  await expectBroken(find, message.replace("FILE", home.at("token")));
  expect(sts.questions()).toEqual([]);
});

describe("the source is broken if STS", () => {
  beforeEach(() => home.write("token", "theS3CRETtoken"));

  const failed = "The role qcs::cam::uin/1:roleName/r could not be assumed: AssumeRoleWithWebIdentity";

  it("refuses the token", async () => {
    sts.respond(refuseRole("InvalidParameter.WebIdentityTokenError", "Not valid: theS3CRETtoken."));
    await expectBroken(
      find,
      `${failed} failed: Not valid: [secret]. (InvalidParameter.WebIdentityTokenError, request r1)`,
    );
  });

  it("does not respond", async () => {
    sts.respond(loseAnswer);
    await expectBroken(find, `${failed} got no usable answer: other side closed (${sts.host()})`);
  });

  it("does not exist in the region", async () => {
    const noSts = () => {
      throw new Error("No host for this region");
    };
    const find = () => fromWebIdentity(credentialContext({ environment: pod(), stsEndpoint: noSts }));
    await expectBroken(find, "The role qcs::cam::uin/1:roleName/r could not be assumed: No host for this region");
  });
});
