import { records, start, stopAll } from "../support/cloud";
import { call, exchange, send } from "../support/exchange";
import { permanent } from "../support/keys";
import { type Call, type Sent, json } from "../support/requests";

afterEach(stopAll);

interface Issued {
  readonly Credentials: { readonly TmpSecretId: string; readonly TmpSecretKey: string; readonly Token: string };
  readonly ExpiredTime: number;
  readonly Expiration: string;
}

const role = { RoleArn: "qcs::cam::uin/12345678:roleName/testRoleName", RoleSessionName: "pulumi" };
const assuming = { action: "AssumeRole", parameters: role };
const identity = { ...role, ProviderId: "OIDC", WebIdentityToken: "a.web.token" };

/** Returns an unsigned request, with `Authorization: SKIP`. */
const unsigned = (port: number, parameters: object, action = "AssumeRoleWithWebIdentity"): Sent =>
  json(port, { action, parameters, headers: { Authorization: "SKIP" } });

const readKey = ({ Credentials }: Issued): Pick<Call, "key" | "token"> => ({
  key: { secretId: Credentials.TmpSecretId, secretKey: Credentials.TmpSecretKey },
  token: Credentials.Token,
});

const describing = { action: "DescribeInstances" };
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Expects that the key is valid for the Redis API, and expires after this time. */
async function expectUsable(port: number, issued: Issued, seconds: number): Promise<void> {
  expect(Math.abs(issued.ExpiredTime - nowSeconds() - seconds)).toBeLessThanOrEqual(1);
  expect(issued.Expiration).toBe(new Date(issued.ExpiredTime * 1000).toISOString().replace(".000", ""));
  expect(await call(port, { ...describing, ...readKey(issued) })).toMatchObject({ TotalCount: 2 });
  expect(await call(port, { ...describing, ...readKey(issued), token: undefined })).toMatchObject({
    Error: { Code: "AuthFailure.TokenFailure" },
  });
}

describe("AssumeRole", () => {
  it.each([
    ["with only the required parameters", {}, 7200],
    ["with another duration", { DurationSeconds: 60 }, 60],
    ["with a duration as a string", { DurationSeconds: "1800" }, 1800],
    ["in another region", { region: "ap-tokyo" }, 7200],
    ["signed by the Node.js client", { service: "127" }, 7200],
    [
      "with all optional parameters",
      {
        Policy: encodeURIComponent('{"version":"2.0","statement":[]}'),
        ExternalId: "external:1",
        Tags: [{ Key: "a", Value: "b" }],
        SourceIdentity: "1",
        RoleArn: "qcs::cam::uin/12345678:role/tencentcloudServiceRole/4611686018427397920",
      },
      7200,
    ],
  ])("issues a key for a request %s", async (_, changes, seconds) => {
    const port = await start();
    const { region, service, ...parameters } = changes as { region?: string; service?: string };
    const request = { ...assuming, parameters: { ...role, ...parameters }, ...(region && { region }), service };
    await expectUsable(port, (await call(port, request)) as unknown as Issued, seconds);
  });

  it.each([
    ["no role", { RoleArn: undefined }, "MissingParameter"],
    ["no session name", { RoleSessionName: undefined }, "MissingParameter"],
    ["an invalid role", { RoleArn: "testRoleName" }, "InvalidParameter.ParamError"],
    ["a session name of one letter", { RoleSessionName: "p" }, "InvalidParameter.ParamError"],
    ["a session name with a space", { RoleSessionName: "a b" }, "InvalidParameter.ParamError"],
    ["a duration of more than 12 hours", { DurationSeconds: 43_201 }, "InvalidParameter.OverTimeError"],
    ["a duration that is not a number", { DurationSeconds: "long" }, "InvalidParameter"],
    ["a duration of 0", { DurationSeconds: 0 }, "InvalidParameter.OverTimeError"],
    ["an invalid policy", { Policy: "everything" }, "InvalidParameter.StrategyFormatError"],
    ["an external id of one letter", { ExternalId: "e" }, "InvalidParameter.ParamError"],
    ["a tag without a value", { Tags: [{ Key: "a" }] }, "MissingParameter"],
    ["an unknown role", { RoleArn: "qcs::cam::uin/1:roleName/other" }, "ResourceNotFound.RoleNotFound"],
  ])("refuses %s", async (_, changes, Code) => {
    const port = await start({ sts: { roles: [role.RoleArn] } });
    expect(await call(port, { ...assuming, parameters: { ...role, ...changes } })).toMatchObject({ Error: { Code } });
  });

  it("requires a signature and its own version", async () => {
    const port = await start();
    expect(await send(port, unsigned(port, role, "AssumeRole"))).toMatchObject({
      Error: { Code: "AuthFailure.InvalidAuthorization" },
    });
    expect(await call(port, { ...assuming, version: "2018-04-12" })).toMatchObject({
      Error: { Code: "NoSuchVersion" },
    });
  });

  it("issues keys that last no longer than the cloud's limit, and refuses them afterwards", async () => {
    const port = await start({ sts: { temporaryKeySeconds: 0 } });
    const issued = (await call(port, assuming)) as unknown as Issued;
    expect(await call(port, { ...describing, ...readKey(issued) })).toMatchObject({
      Error: { Code: "AuthFailure.TokenFailure" },
    });
  });

  it("logs no secret that it returns", async () => {
    const port = await start();
    const { Credentials } = (await call(port, assuming)) as unknown as Issued;
    const logged = JSON.stringify(records);
    for (const secret of [...Object.values(Credentials), permanent.secretKey]) expect(logged).not.toContain(secret);
  });
});

describe("AssumeRoleWithWebIdentity", () => {
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

  it("returns a key, without needing one", async () => {
    const port = await start();
    const parameters = { ...identity, DurationSeconds: 1800 };
    await expectUsable(port, (await send(port, unsigned(port, parameters))) as unknown as Issued, 1800);
  });

  it("may be signed", async () => {
    const port = await start();
    const parameters = { ...identity };
    const answer = await call(port, { action: "AssumeRoleWithWebIdentity", parameters });
    await expectUsable(port, answer as unknown as Issued, 7200);
  });

  it.each<[string, object, string | undefined, string | undefined]>([
    ["any token", {}, undefined, undefined],
    ["a token that has not expired", { WebIdentityToken: jwt({ exp: nowSeconds() + 60 }) }, undefined, undefined],
    ["the expected token", { WebIdentityToken: "the one" }, "the one", undefined],
    ["no token", { WebIdentityToken: "" }, undefined, "InvalidParameter.WebIdentityTokenError"],
    [
      "an expired token",
      { WebIdentityToken: jwt({ exp: nowSeconds() }) },
      undefined,
      "InvalidParameter.WebIdentityTokenError",
    ],
    ["another token", {}, "the one", "InvalidParameter.WebIdentityTokenError"],
    ["no provider", { ProviderId: undefined }, undefined, "MissingParameter"],
    ["an invalid role", { RoleArn: "role" }, undefined, "InvalidParameter.ParamError"],
  ])("responds to a request with %s", async (_, changes, webIdentityToken, code) => {
    const port = await start({ sts: { webIdentityToken } });
    const { Error } = await send(port, unsigned(port, { ...identity, ...changes }));
    expect(Error?.Code).toBe(code);
  });
});

describe("the metadata service", () => {
  const path = "/latest/meta-data/cam/security-credentials/";
  const get = (port: number, below = "") => exchange(port, { method: "GET", path: path + below, headers: {} });

  it("returns the role, and its key", async () => {
    const port = await start({ cvmRole: "builder" });
    expect(await get(port)).toMatchObject({ status: 200, body: "builder" });
    const { body } = await get(port, "builder");
    const { Code, Token, TmpSecretId, TmpSecretKey, ...end } = JSON.parse(body) as Omit<Issued, "Credentials"> &
      Issued["Credentials"] & { Code: string };
    expect(Code).toBe("Success");
    await expectUsable(port, { Credentials: { Token, TmpSecretId, TmpSecretKey }, ...end }, 7200);
    // All processes on a machine get the same key.
    expect((await get(port, "builder")).body).toBe(body);
    expect(records).toContainEqual(expect.objectContaining({ action: `${path}builder`, code: null }));
    expect(JSON.stringify(records)).not.toContain(TmpSecretKey);
  });

  it.each([
    ["another role", "builder", "other"],
    ["a name that cannot be decoded", "builder", "%"],
    ["no role", undefined, ""],
    ["a role on a machine without one", undefined, "builder"],
  ])("returns 404 for %s", async (_, cvmRole, below) => {
    expect(await get(await start({ cvmRole }), below)).toMatchObject({ status: 404 });
    expect(records).toMatchObject([{ code: "404", taskId: null }]);
  });
});
