import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { type Values, credentialContext } from "../../support/credentialContext";
import { expectBroken } from "../../support/expectBroken";
import type { Respond } from "../../support/httpServer";
import { grantRole, refuseRole, temporaryCredentials, useSts } from "../../support/sts";
import { exposeKey } from "../../support/withoutSource";

const sts = useSts();

const resolve = (config: Values, environment: Values) =>
  resolveCredentials(credentialContext({ config, environment, stsEndpoint: sts.stsEndpoint }));

describe("a role to assume", () => {
  const roleArn = "qcs::cam::uin/1:roleName/r";
  const inConfig = { "tencentcloud:assumeRole": JSON.stringify({ roleArn }) };
  const key = { TENCENTCLOUD_SECRET_ID: "ofTheEnvironment", TENCENTCLOUD_SECRET_KEY: "k" };

  it("is requested with the token of a temporary key", async () => {
    await resolve(inConfig, { ...key, TENCENTCLOUD_TOKEN: "t" });
    expect(sts.questions()).toMatchObject([{ signedBy: "ofTheEnvironment", token: "t" }]);
  });

  it.each<[string, object, object]>([
    ["an expiry", {}, temporaryCredentials],
    ["no expiry", { ExpiredTime: null }, { ...temporaryCredentials, expiresAt: undefined }],
  ])("issues credentials that may have %s", async (_, changes, expected) => {
    sts.respond(grantRole(changes));
    expect(exposeKey(await resolve(inConfig, key))).toEqual(expected);
  });

  const failed = `The role ${roleArn} could not be assumed: AssumeRole`;
  const noCredentials = `The role ${roleArn} could not be assumed: the answer holds no credentials`;

  it.each<[string, Respond, string]>([
    [
      "refuses the role",
      refuseRole("UnauthorizedOperation", "No."),
      `${failed} failed: No. (UnauthorizedOperation, request r1). Grant the CAM action sts:AssumeRole on the role.`,
    ],
    [
      "does not find the role",
      refuseRole("ResourceNotFound.RoleNotFound", "No."),
      `${failed} failed: No. (ResourceNotFound.RoleNotFound, request r1). Check the role's ARN.`,
    ],
    [
      "rejects the key",
      refuseRole("AuthFailure.SecretIdNotFound", "No."),
      `${failed} failed: No. (AuthFailure.SecretIdNotFound, request r1); the key is from the environment (TENCENTCLOUD_SECRET_ID). ` +
        "Check the secret id and key.",
    ],
    ["returns no credentials", grantRole({ Credentials: undefined }), noCredentials],
    ["returns null instead of credentials", grantRole({ Credentials: null }), noCredentials],
    ["returns a secret id without a secret key", grantRole({}, { TmpSecretKey: undefined }), noCredentials],
    ["returns an empty token", grantRole({}, { Token: "" }), noCredentials],
    ["returns a secret id that is a number", grantRole({}, { TmpSecretId: 5 }), noCredentials],
    ["returns a token that is not valid in a header", grantRole({}, { Token: "theS3CRET密" }), noCredentials],
    ["returns a secret key with a line break", grantRole({}, { TmpSecretKey: "theS3CRET\nkey" }), noCredentials],
    [
      "returns an HTML page",
      (response) => response.end("<html>theS3CRETkey</html>"),
      `${failed} got no usable answer: the answer is not the JSON that the API documents (HOST)`,
    ],
    [
      "returns HTTP status 502",
      (response) => response.writeHead(502).end(),
      `${failed} got no usable answer: HTTP status 502 (HOST)`,
    ],
  ])("is an error if STS %s", async (_, respond, message) => {
    sts.respond(respond);
    await expectBroken(() => resolve(inConfig, key), message.replace("HOST", sts.host()));
  });

  it("is refused without showing the token code of the request", async () => {
    const role = JSON.stringify({ roleArn, serialNumber: "qcs::cam:uin/1::mfa/softToken", tokenCode: "123456" });
    sts.respond(refuseRole("InvalidParameter", "No: 123456."));
    await expectBroken(
      () => resolve({ "tencentcloud:assumeRole": role }, key),
      `${failed} failed: No: [secret]. (InvalidParameter, request r1)`,
    );
    expect(sts.questions()).toMatchObject([{ parameters: { TokenCode: "123456" } }]);
  });

  it("requires other credentials", async () => {
    await expect(resolve(inConfig, {})).rejects.toThrow("No Tencent Cloud credentials");
    expect(sts.questions()).toEqual([]);
  });
});
