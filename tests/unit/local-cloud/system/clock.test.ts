import type { PasswordTime } from "../../../../local-cloud/model/accounts";
import { type StartOptions, records, settled, start, stopAll } from "../support/cloud";
import { call, exchange } from "../support/exchange";
import { type Call, documented, json, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const hour = 3_600_000;
const day = 24 * hour;

/** Starts a cloud with a manual clock, which its clients use, too. */
async function withClock(options: StartOptions = {}) {
  const time = { ms: Date.parse("2030-01-02T03:04:05Z") };
  const port = await start({ ...options, now: () => new Date(time.ms) });
  return { time, port, call: (request: Call) => call(port, { nowMs: time.ms, ...request }) };
}

const page = { InstanceId: instanceId, Limit: 20, Offset: 0 };
const account = { action: "DescribeInstanceAccount", parameters: page };
const list = { action: "DescribeTaskList" };
const modify = {
  action: "ModifyInstanceAccount",
  parameters: { InstanceId: instanceId, AccountName: "root", AccountPassword: "zy456987" },
};

describe("the clock of the cloud", () => {
  it("is used to check signatures", async () => {
    const cloud = await withClock();
    expect((await cloud.call(list)).Error).toBeUndefined();
    expect((await cloud.call({ ...list, nowMs: Date.now() })).Error?.Code).toBe("AuthFailure.SignatureExpire");
  });

  it("is in the header of each response, and in the log", async () => {
    const cloud = await withClock({ cvmRole: "builder" });
    const metadata = { method: "GET", path: "/latest/meta-data/cam/security-credentials/", headers: {} };
    for (const sent of [json(cloud.port, { ...list, nowMs: cloud.time.ms }), json(cloud.port, list), metadata]) {
      expect((await exchange(cloud.port, sent)).headers.date).toBe("Wed, 02 Jan 2030 03:04:05 GMT");
    }
    expect(records.map(({ time }) => time)).toEqual(Array(3).fill("2030-01-02T03:04:05.000Z"));
  });

  it("sets the times of tasks and changes, and when tasks are forgotten", async () => {
    const cloud = await withClock();
    await cloud.call(reset);
    await settled();
    const told = "2030-01-02 11:04:05";
    expect(await cloud.call(list)).toMatchObject({ Tasks: [{ StartTime: told, EndTime: told }] });
    expect(await cloud.call(account)).toMatchObject({ Accounts: [{ PasswordLastModifiedTime: told }] });
    cloud.time.ms += 30 * day - 1;
    expect(await cloud.call(list)).toMatchObject({ TotalCount: 1 });
    cloud.time.ms += 1;
    expect(await cloud.call(list)).toMatchObject({ TotalCount: 0 });
  });

  it("expires temporary keys, and web identity tokens", async () => {
    const cloud = await withClock();
    const parameters = { RoleArn: "qcs::cam::uin/1:roleName/ci", RoleSessionName: "unit" };
    const { Credentials, Expiration } = await cloud.call({ action: "AssumeRole", parameters });
    expect(Expiration).toBe("2030-01-02T05:04:05Z");
    const { TmpSecretId, TmpSecretKey, Token } = Credentials as Record<string, string>;
    const temporary = { key: { secretId: TmpSecretId ?? "", secretKey: TmpSecretKey ?? "" }, token: Token };
    const claims = Buffer.from(JSON.stringify({ exp: cloud.time.ms / 1000 + 7200 })).toString("base64url");
    const identity = { ...parameters, ProviderId: "OIDC", WebIdentityToken: `e30.${claims}.c2ln` };
    const codes = async () => [
      (await cloud.call({ ...list, ...temporary })).Error?.Code,
      (await cloud.call({ action: "AssumeRoleWithWebIdentity", parameters: identity })).Error?.Code,
    ];
    cloud.time.ms += 2 * hour - 1;
    expect(await codes()).toEqual([undefined, undefined]);
    cloud.time.ms += 1;
    expect(await codes()).toEqual(["AuthFailure.TokenFailure", "InvalidParameter.WebIdentityTokenError"]);
  });

  it("gives the machine another key after half of its lifetime", async () => {
    const cloud = await withClock({ cvmRole: "builder" });
    const path = "/latest/meta-data/cam/security-credentials/builder";
    const key = async () => (await exchange(cloud.port, { method: "GET", path, headers: {} })).body;
    const first = await key();
    cloud.time.ms += hour;
    expect(await key()).toBe(first);
    cloud.time.ms += 1;
    expect(await key()).not.toBe(first);
  });
});

it("the Redis API returns and accepts times in its time zone", async () => {
  const cloud = await withClock({ timeZoneHours: -5 });
  await cloud.call(reset);
  await settled();
  const told = "2030-01-01 22:04:05";
  expect(await cloud.call(account)).toMatchObject({
    Accounts: [{ CreateTime: "2026-01-01 22:04:05", PasswordLastModifiedTime: told }],
  });
  expect(await cloud.call({ action: "DescribeInstances", parameters: { InstanceId: instanceId } })).toMatchObject({
    InstanceSet: [{ Createtime: "2026-01-01 22:04:05" }],
  });
  expect(await cloud.call({ action: "DescribeTaskInfo", parameters: { TaskId: 16657 } })).toMatchObject({
    StartTime: told,
  });
  const between = (BeginTime: string, EndTime: string) => cloud.call({ ...list, parameters: { BeginTime, EndTime } });
  expect(await between(told, told)).toMatchObject({ Tasks: [{ StartTime: told, EndTime: told }] });
  expect(await between("2030-01-02 03:04:05", "2030-01-02 11:04:05")).toMatchObject({ TotalCount: 0 });
});

const created = "2026-01-02 11:04:05";
const changed = "2030-01-02 11:04:05";

it.each<[PasswordTime, string, Call, string]>([
  ["kept", "changes", reset, changed],
  ["kept", "changes", modify, changed],
  ["stays", "remains the time of its creation", reset, created],
  ["stays", "changes", modify, changed],
  ["empty", "is empty", reset, ""],
  ["empty", "is empty", modify, ""],
])("with passwordTime %s, the time of the password %s after %j", async (passwordTime, _, request, expected) => {
  const cloud = await withClock({ passwordTime });
  const before = passwordTime === "empty" ? "" : created;
  expect(await cloud.call(account)).toMatchObject({ Accounts: [{ PasswordLastModifiedTime: before }] });
  await cloud.call(request);
  await settled();
  expect(await cloud.call(account)).toMatchObject({ Accounts: [{ PasswordLastModifiedTime: expected }] });
});
