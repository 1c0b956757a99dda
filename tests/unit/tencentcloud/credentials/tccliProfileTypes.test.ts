import { makeKey, makeProfile, useTccliProfiles } from "../../support/tccliProfiles";
import { expectBroken } from "../../support/expectBroken";
import { useHttpServer } from "../../support/httpServer";
import { refuseRole, temporaryCredentials } from "../../support/sts";

const { home, sts, find, findNamed } = useTccliProfiles();

describe("a profile with a role", () => {
  const roleArn = "qcs::cam::uin/1:roleName/r";

  it.each<[string, object, object, string]>([
    ["assumes it", {}, {}, "pulumi-tencentcloud-redis"],
    ["assumes it with the profile's session name", { "role-session-name": "mine" }, {}, "mine"],
    [
      "assumes it with the provider's session name if the profile has none",
      { "role-session-name": null },
      {},
      "pulumi-tencentcloud-redis",
    ],
    ["assumes it with a temporary key", { token: "t" }, { token: "t" }, "pulumi-tencentcloud-redis"],
  ])("%s", async (_, changes, expected, RoleSessionName) => {
    home.write(".tccli/default.credential", makeProfile("default", { "role-arn": roleArn, ...changes }));
    expect(await find()).toStrictEqual({ credentials: temporaryCredentials });
    expect(sts.questions()).toEqual([
      {
        action: "AssumeRole",
        region: "ap-guangzhou",
        signedBy: "defaultId",
        parameters: { RoleArn: roleArn, RoleSessionName, DurationSeconds: 7200 },
        ...expected,
      },
    ]);
  });

  it("stops the search if STS refuses it", async () => {
    home.write(".tccli/default.credential", makeProfile("default", { "role-arn": roleArn }));
    sts.respond(refuseRole("InvalidParameter.RoleNotExist", "No such role."));
    await expectBroken(
      find,
      "The role qcs::cam::uin/1:roleName/r could not be assumed: AssumeRole failed: No such role. (InvalidParameter.RoleNotExist, request r1)",
    );
  });
});

describe("a login profile", () => {
  const ended = { token: "theS3CRETtoken", expiresAt: 1_500_000_000 };

  it.each([
    ["oauth", "default"],
    ["sso", "default"],
    ["oauth", "prod"],
  ])(
    "with an expired key is an error with the tccli command that renews it: type %s, profile %s",
    async (type, name) => {
      home.write(`.tccli/${name}.credential`, makeProfile(name, { type, ...ended }));
      const message =
        `${home.at(`.tccli/${name}.credential`)}: the credentials have expired: run ` +
        `\`tccli sts GetCallerIdentity --profile ${name}\`, which renews them, or log in again with tccli`;
      await expectBroken(() => findNamed(name), message);
    },
  );

  it("is used before its expiry", async () => {
    home.write(".tccli/default.credential", makeProfile("default", { type: "oauth", ...ended, expiresAt: 4e9 }));
    expect(await find()).toStrictEqual(makeKey("default", { token: "theS3CRETtoken", expiresAt: 4e12 }));
  });
});

describe("a profile with the machine's role", () => {
  const metadata = useHttpServer();
  const cvmRole = () => ({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href } });
  const key = { Code: "Success", TmpSecretId: "ofTheMachine", TmpSecretKey: "k", Token: "t" };

  it.each<[string, string]>([
    ["without other fields", '{"type":"cvm-role"}'],
    [
      "in spite of an earlier key and role",
      makeProfile("default", { type: "cvm-role", "role-arn": "qcs::cam::uin/1:x" }),
    ],
  ])("uses the role's key %s", async (_, profile) => {
    home.write(".tccli/default.credential", profile);
    metadata.respond = (response, { path }) => response.end(path.endsWith("/") ? "theRole" : JSON.stringify(key));
    const credentials = { secretId: "ofTheMachine", secretKey: "k", token: "t" };
    expect(await find(cvmRole())).toStrictEqual({ credentials });
    expect(sts.questions()).toEqual([]);
  });

  it("is an error on a machine without one", async () => {
    home.write(".tccli/default.credential", '{"type":"cvm-role"}');
    metadata.respond = (response) => response.end("");
    await expectBroken(() => find(cvmRole()), "CVM role: this machine has no role");
  });
});
