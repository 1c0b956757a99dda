import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { describeAccounts } from "../../../../provider/tencentcloud/redis/describeInstanceAccount";
import { scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);
const read = (...answers: readonly object[][]) => {
  const scripted = scriptedClient(...answers.map((Accounts) => ({ Accounts })));
  return { ...scripted, accounts: describeAccounts(scripted.client, "crs-5a4py64p", deadline) };
};
const root = {
  AccountName: "root",
  Privilege: "rw",
  ReadonlyPolicy: ["master"],
  PasswordLastModifiedTime: "2026-01-02 12:00:05",
};
const expected = { name: "root", privilege: "rw", readonlyPolicy: ["master"], passwordTime: "2026-01-02 12:00:05" };
const withoutTime = { name: "root", privilege: "rw", readonlyPolicy: ["master"] };

describe("describeAccounts reads", () => {
  it.each<[string, object[], object[]]>([
    ["each account", [{ ...root, AccountName: "reader" }, root], [{ ...expected, name: "reader" }, expected]],
    ["no time if the service returns an empty one", [{ ...root, PasswordLastModifiedTime: "" }], [withoutTime]],
    ["no time if the service returns an invalid one", [{ ...root, PasswordLastModifiedTime: "never" }], [withoutTime]],
    ["no deleted account", [{ ...root, Status: 4 }], []],
    ["no deleted account with the status of older API definitions", [{ ...root, Status: -4 }], []],
    ["an account that is being changed", [{ ...root, Status: 1 }], [expected]],
    [
      "an empty privilege and policy if the service returns none",
      [{ AccountName: "app", ReadonlyPolicy: null }],
      [{ name: "app", privilege: "", readonlyPolicy: [] }],
    ],
  ])("%s", async (_title, entries, accounts) => {
    await expect(read(entries).accounts).resolves.toEqual(accounts);
  });

  it("all pages", async () => {
    const page = Array.from({ length: 100 }, (_each, index) => ({ ...root, AccountName: `app-${index}` }));
    const { accounts, calls } = read(page, [root]);
    expect((await accounts).at(-1)).toEqual(expected);
    const parameters = { InstanceId: "crs-5a4py64p", Limit: 100 };
    const call = { action: "DescribeInstanceAccount", deadline, patienceMs: 5000 };
    expect(calls).toEqual([
      { ...call, parameters: { ...parameters, Offset: 0 } },
      { ...call, parameters: { ...parameters, Offset: 100 } },
    ]);
  });

  it("no more pages than there are accounts", async () => {
    const Accounts = Array.from({ length: 100 }, (_each, index) => ({ ...root, AccountName: `app-${index}` }));
    const { client, calls } = scriptedClient({ Accounts, TotalCount: 100 }, { Accounts: null, TotalCount: 100 });
    await expect(describeAccounts(client, "crs-5a4py64p", deadline)).resolves.toHaveLength(100);
    expect(calls).toHaveLength(1);
  });

  it("the page after one with an invalid entry", async () => {
    const full = Array.from({ length: 100 }, (_each, index) => (index === 7 ? null : { ...root, AccountName: "app" }));
    const { client } = scriptedClient({ Accounts: full }, { Accounts: [root] });
    expect((await describeAccounts(client, "crs-5a4py64p", deadline)).at(-1)).toEqual(expected);
  });

  it("at most 10 pages", async () => {
    const page = Array.from({ length: 100 }, () => root);
    await expect(read(...Array.from({ length: 11 }, () => page)).accounts).rejects.toThrow("more than 10 pages");
  });
});
