import { type Account, newAccount, newRootAccount } from "../../../../local-cloud/model/accounts";
import { Condition } from "../../../../local-cloud/model/condition";
import { type Instance, changeAccount, switchAuthenticationOff } from "../../../../local-cloud/model/instances";
import type { Logins } from "../../../../local-cloud/system/redisServer";

const createdAt = new Date("2026-01-02T03:04:05Z");

function createInstance(setLogins: (logins: Logins) => Promise<void>): Instance & { readonly reader: Account } {
  const reader = newAccount({ name: "reader", password: "reader-1", createdAt });
  return {
    instanceId: "crs-5a4py64p",
    createdAt,
    reader,
    root: newRootAccount("root-1t", createdAt),
    customAccounts: [reader],
    condition: new Condition(),
    server: { port: 0, stop: () => Promise.resolve(), setLogins },
  };
}

it("gives an account the service's defaults for what is undefined", () => {
  const given = { name: "reader", password: "reader-1", createdAt };
  const undefinedToo = { ...given, privilege: undefined, readonlyPolicy: undefined, remark: undefined };
  expect(newAccount(undefinedToo)).toEqual(newAccount(given));
  expect(newAccount(given)).toMatchObject({ privilege: "rw", readonlyPolicy: ["master"], remark: "" });
});

it("keeps both passwords if two accounts are changed at the same time", async () => {
  const applied: (readonly string[])[] = [];
  const instance = createInstance(async ({ passwords }) => {
    await Promise.resolve();
    applied.push(passwords);
  });
  await Promise.all([
    changeAccount(instance, instance.root, { password: "root-2t" }),
    changeAccount(instance, instance.reader, { password: "reader-2" }),
  ]);
  expect(applied.at(-1)).toEqual(["root-2t", "reader@reader-2"]);
});

it("restores an account if Redis rejects the change", async () => {
  const instance = createInstance(() => Promise.reject(new Error("closed")));
  const before = { ...instance.reader };
  const change = changeAccount(instance, instance.reader, { password: "reader-2", privilege: "r", remark: "new" });
  await expect(change).rejects.toThrow("closed");
  expect(instance.reader).toEqual(before);
});

it("does not change Redis if only fields of the API change", async () => {
  const instance = createInstance(() => Promise.reject(new Error("closed")));
  await changeAccount(instance, instance.reader, { privilege: "rw", readonlyPolicy: ["replication"], remark: "new" });
  expect(instance.reader).toMatchObject({ readonlyPolicy: ["replication"], remark: "new" });
});

it("admits everyone while root has no password", async () => {
  const applied: Logins[] = [];
  const instance = createInstance((logins) => Promise.resolve(void applied.push(logins)));
  await switchAuthenticationOff(instance);
  await changeAccount(instance, instance.reader, { password: "reader-2" });
  await changeAccount(instance, instance.root, { password: "root-2t" });
  expect(applied.map(({ passwords }) => passwords)).toEqual([[], [], ["root-2t", "reader@reader-2"]]);
});
