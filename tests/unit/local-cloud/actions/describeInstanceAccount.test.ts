import type { PasswordTime } from "../../../../local-cloud/model/accounts";
import { formatChinaTime } from "../support/chinaTime";
import { settled, start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { type Call, documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const serviceTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
const code = (Code: string) => ({ Error: { Code } });

const page = { InstanceId: instanceId, Limit: 20, Offset: 0 };

describe("DescribeInstanceAccount", () => {
  const describing = (port: number, parameters: object = page) =>
    call(port, { action: "DescribeInstanceAccount", parameters });

  it("returns root, and when its password was set", async () => {
    const port = await start();
    const root = {
      InstanceId: instanceId,
      AccountName: "root",
      Remark: "default",
      Privilege: "rw",
      ReadonlyPolicy: ["master"],
      Status: 2,
      // 2026-01-02T03:04:05Z in China's time zone.
      CreateTime: "2026-01-02 11:04:05",
      PasswordLastModifiedTime: "2026-01-02 11:04:05",
    };
    expect(await describing(port)).toMatchObject({ TotalCount: 1, Accounts: [root] });
    const before = formatChinaTime(Date.now());
    await call(port, reset);
    await settled();
    const { Accounts } = await describing(port);
    const [after] = Accounts as [typeof root];
    expect(after).toEqual({ ...root, PasswordLastModifiedTime: serviceTime });
    expect(after.PasswordLastModifiedTime >= before).toBe(true);
    expect(after.PasswordLastModifiedTime <= formatChinaTime(Date.now())).toBe(true);
  });

  it.each([
    [
      { ...page, Offset: 20 },
      { Accounts: [], TotalCount: 1 },
    ],
    [{ ...page, Limit: 0 }, code("InvalidParameterValue")],
    [{ ...page, Offset: -20 }, code("InvalidParameterValue")],
    [{ ...page, Offset: 1 }, code("InvalidParameterValue")],
    [{ InstanceId: instanceId }, code("MissingParameter")],
    [{ ...page, InstanceId: "crs-1" }, code("ResourceNotFound.InstanceNotExists")],
  ])("responds to %j", async (parameters, expected) => {
    expect(await describing(await start(), parameters)).toMatchObject(expected);
  });

  it.each([
    [{}, ["root", "reader", "writer"]],
    [{ Limit: 2 }, ["root", "reader"]],
    [{ Limit: 2, Offset: 2 }, ["writer"]],
  ])("lists root and the custom accounts in pages: %j", async (changes, expected) => {
    const port = await start({ accounts: ["reader", "writer"] });
    const { Accounts, TotalCount } = await describing(port, { ...page, ...changes });
    expect((Accounts as { readonly AccountName: string }[]).map(({ AccountName }) => AccountName)).toEqual(expected);
    expect(TotalCount).toBe(3);
  });

  it.each([
    ["while its change is in progress", 60, [2, 1, 2]],
    ["once its change has ended", 0, [2, 2, 2]],
  ])("returns the status of an account %s", async (_, seconds, statuses) => {
    const faults = [`ModifyInstanceAccount=task-slow:${seconds}`];
    const port = await start({ accounts: ["reader", "writer"], faults });
    await call(port, modify("reader"));
    if (seconds === 0) await settled();
    expect(await describing(port)).toMatchObject({ Accounts: statuses.map((Status) => ({ Status })) });
  });

  it("shows no change of root while ResetPassword runs, nor a change of the same name elsewhere", async () => {
    const port = await start({ accounts: ["reader"], taskSeconds: 60 });
    await call(port, reset);
    const { parameters, action } = modify("reader");
    await call(port, { action, parameters: { ...parameters, InstanceId: "crs-second" } });
    expect(await describing(port)).toMatchObject({ Accounts: [{ Status: 2 }, { Status: 2 }] });
  });

  it("describes a custom account with the service's defaults", async () => {
    const { Accounts } = await describing(await start({ accounts: ["reader"] }));
    expect((Accounts as unknown[])[1]).toEqual({
      InstanceId: instanceId,
      AccountName: "reader",
      Remark: "",
      Privilege: "rw",
      ReadonlyPolicy: ["master"],
      Status: 2,
      CreateTime: "2026-01-02 11:04:05",
      PasswordLastModifiedTime: "2026-01-02 11:04:05",
    });
  });

  const created = "2026-01-02 11:04:05";
  const changed = "2030-01-01 08:00:00";
  const none = { CreateTime: "", PasswordLastModifiedTime: "" };
  const modify = (AccountName: string, changes: object = { AccountPassword: "zy456987" }) => ({
    action: "ModifyInstanceAccount",
    parameters: { InstanceId: instanceId, AccountName, ...changes },
  });

  it.each([
    ["kept", "ResetPassword", reset, [changed, created]],
    ["kept", "a new password of root", modify("root"), [changed, created]],
    ["kept", "a new password of a custom account", modify("reader"), [created, changed]],
    ["kept", "a new remark of a custom account", modify("reader", { Remark: "by hand" }), [created, created]],
    ["stays", "ResetPassword", reset, [created, created]],
    ["stays", "a new password of root", modify("root"), [changed, created]],
    ["stays", "a new password of a custom account", modify("reader"), [created, changed]],
    ["empty", "a new password of a custom account", modify("reader"), ["", ""]],
    ["empty", "a new password of root", modify("root"), ["", ""]],
  ] as const)(
    "with passwordTime %s, %s changes the time of no other account",
    async (passwordTime, _, request, times) => {
      const now = () => new Date("2030-01-01T00:00:00Z");
      const port = await start({ accounts: ["reader"], passwordTime, now });
      const nowMs = now().getTime();
      expect(await call(port, { ...request, nowMs })).toMatchObject({ TaskId: 16657 });
      await settled();
      const { Accounts } = await call(port, { action: "DescribeInstanceAccount", parameters: page, nowMs });
      expect(Accounts).toMatchObject(times.map((PasswordLastModifiedTime) => ({ PasswordLastModifiedTime })));
    },
  );

  it.each<[Record<string, PasswordTime>, Call, object[]]>([
    [{ root: "empty" }, modify("reader"), [none, { CreateTime: created, PasswordLastModifiedTime: changed }]],
    [{ root: "empty" }, reset, [none, { CreateTime: created, PasswordLastModifiedTime: created }]],
    [{ reader: "empty" }, modify("reader"), [{ CreateTime: created, PasswordLastModifiedTime: created }, none]],
    [{ root: "stays", reader: "empty" }, reset, [{ CreateTime: created, PasswordLastModifiedTime: created }, none]],
  ])("accounts may have their own modes: %j", async (ownPasswordTimes, request, times) => {
    const now = () => new Date("2030-01-01T00:00:00Z");
    const port = await start({ accounts: ["reader"], ownPasswordTimes, now });
    const nowMs = now().getTime();
    await call(port, { ...request, nowMs });
    await settled();
    const { Accounts } = await call(port, { action: "DescribeInstanceAccount", parameters: page, nowMs });
    expect(Accounts).toMatchObject(times);
  });
});
