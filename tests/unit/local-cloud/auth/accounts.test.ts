import { ownAccountId } from "../../../../local-cloud/model/caller";
import { passwords, settled, start, startCloud, stopAll } from "../support/cloud";
import { call, exchange, send } from "../support/exchange";
import { foreign, permanent, temporary } from "../support/keys";
import { type Call, documented, json, reset } from "../support/requests";

afterEach(stopAll);

const identity = { action: "GetCallerIdentity" };
const role = { RoleArn: "qcs::cam::uin/12345678:roleName/testRoleName", RoleSessionName: "pulumi" };
type Signer = Pick<Call, "key" | "token">;
const owner: Signer = { key: permanent };
const stranger: Signer = { key: foreign };

/** Returns a temporary key for the role that this caller has assumed. */
async function assumed(port: number, signer: Signer): Promise<Signer> {
  const { Credentials } = await call(port, { action: "AssumeRole", parameters: role, ...signer });
  const { TmpSecretId = "", TmpSecretKey = "", Token } = Credentials as Record<string, string>;
  return { key: { secretId: TmpSecretId, secretKey: TmpSecretKey }, token: Token };
}

describe("GetCallerIdentity", () => {
  const user = (uin: string) => ({
    Arn: `qcs::cam:${uin}:uin/${uin}`,
    AccountId: uin,
    UserId: uin,
    PrincipalId: uin,
    Type: "CAMUser",
    RequestId: expect.any(String) as string,
  });

  it.each<[string, Signer, string]>([
    ["the owner's key", owner, ownAccountId],
    ["a temporary key from elsewhere", { key: temporary, token: temporary.temporary.token }, ownAccountId],
    ["another account's key", stranger, foreign.accountId],
  ])("returns the account of %s", async (_, signer, uin) => {
    expect(await call(await start(), { ...identity, ...signer })).toEqual(user(uin));
  });

  it.each<[string, Signer, string]>([
    ["the owner", owner, ownAccountId],
    ["another account", stranger, foreign.accountId],
  ])("returns the role and the caller's account for temporary keys of a role assumed by %s", async (_, signer, uin) => {
    const port = await start();
    const answer = await call(port, { ...identity, ...(await assumed(port, signer)) });
    expect(answer).toMatchObject({ AccountId: uin, PrincipalId: uin, Type: "CAMRole" });
    expect(answer.Arn).toMatch(new RegExp(`^qcs::sts:${uin}:assumed-role/\\d{19}$`));
    expect(answer.UserId).toBe(`${String(answer.Arn).split("/")[1] ?? ""}:pulumi`);
  });

  it("returns this cloud's account for keys of a web identity and of a virtual machine", async () => {
    const port = await start({ cvmRole: "builder" });
    const parameters = { ...role, ProviderId: "OIDC", WebIdentityToken: "a.web.token" };
    const sent = json(port, { action: "AssumeRoleWithWebIdentity", parameters, headers: { Authorization: "SKIP" } });
    const web = (await send(port, sent)).Credentials as Record<string, string>;
    const path = "/latest/meta-data/cam/security-credentials/builder";
    const { body } = await exchange(port, { method: "GET", path, headers: {} });
    for (const { TmpSecretId = "", TmpSecretKey = "", Token } of [web, JSON.parse(body) as Record<string, string>]) {
      const signer = { key: { secretId: TmpSecretId, secretKey: TmpSecretKey }, token: Token };
      expect(await call(port, { ...identity, ...signer })).toMatchObject({ AccountId: ownAccountId, Type: "CAMRole" });
    }
  });

  it("takes no parameter, needs a signature and the version of its service", async () => {
    const port = await start();
    const sendForCode = async (changes: Partial<Call>) => (await call(port, { ...identity, ...changes })).Error?.Code;
    expect(await sendForCode({ parameters: { AccountId: "1" } })).toBe("UnknownParameter");
    expect(await sendForCode({ headers: { Authorization: "SKIP" } })).toBe("AuthFailure.InvalidAuthorization");
    expect(await sendForCode({ version: "2018-04-12" })).toBe("NoSuchVersion");
  });
});

describe("another account", () => {
  const instance = { InstanceId: documented.InstanceId };
  const page = { ...instance, Limit: 20, Offset: 0 };
  const modify = { ...instance, AccountName: "root", Remark: "stranger's" };

  it.each<[string, (port: number) => Promise<Signer>]>([
    ["its permanent key", () => Promise.resolve(stranger)],
    ["a temporary key of a role that it has assumed", (port) => assumed(port, stranger)],
  ])("sees and changes nothing of this cloud with %s", async (_, signerFor) => {
    const port = await start();
    const { TaskId } = await call(port, reset);
    await settled();
    const signer = await signerFor(port);
    const ask = (action: string, parameters = {}) => call(port, { action, parameters, ...signer });
    expect(await ask("DescribeInstances")).toMatchObject({ TotalCount: 0, InstanceSet: [] });
    expect(await ask("DescribeTaskList")).toMatchObject({ TotalCount: 0, Tasks: [] });
    const refused = await Promise.all([
      ask("ResetPassword", { ...instance, Password: "strangers-1" }),
      ask("ModifyInstanceAccount", modify),
      ask("DescribeInstanceAccount", page),
    ]);
    for (const { Error } of refused) expect(Error?.Code).toBe("ResourceNotFound.InstanceNotExists");
    const unknown = (await call(port, { action: "DescribeTaskInfo", parameters: { TaskId: 1 } })).Error?.Code;
    expect((await ask("DescribeTaskInfo", { TaskId })).Error?.Code).toBe(unknown);
    await settled();
    expect(passwords.get(documented.InstanceId)).toBe(documented.Password);
  });

  it("cannot trigger a fault of an instance of this cloud", async () => {
    const port = await start({ faults: ["DescribeInstances=isolated*1"] });
    await call(port, { action: "DescribeInstances", parameters: instance, ...stranger });
    expect(await call(port, { action: "DescribeInstances" })).toMatchObject({
      InstanceSet: [{ Status: 2 }, { Status: 2 }],
    });
  });

  it("has its own quota, which its temporary keys share", async () => {
    const { port } = await startCloud({ cloud: { requestsPerSecond: 1 } });
    const issued = await assumed(port, stranger);
    const list = { action: "DescribeInstances" };
    expect((await call(port, { ...list, ...owner })).Error).toBeUndefined();
    expect((await call(port, { ...list, ...stranger })).Error).toBeUndefined();
    expect((await call(port, { ...list, ...issued })).Error?.Code).toBe("RequestLimitExceeded");
  });
});
