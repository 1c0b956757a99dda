import { ownAccountId } from "../../../../local-cloud/model/caller";
import { checkOptions } from "../../../../local-cloud/setup/checkOptions";

const other = { accountId: "200000000002", secretId: "AKIDother", secretKey: "other-key" };

it.each([
  [{ timeZoneHours: -12 }],
  [{ timeZoneHours: 14 }],
  [{ timeZoneHours: 5.5 }],
  [{ passwordTime: "kept" }],
  [{ passwordTime: "stays" }],
  [{ passwordTime: "empty" }],
  [{ now: () => new Date() }],
  [{ otherAccount: other }],
  [{ faults: [] }],
  [{ faults: ["ResetPassword=refuse*1", "AssumeRole=http:502"] }],
  [{ instances: { "crs-a": undefined, "crs-b": "before-1t", "crs-c": { password: "" } } }],
  [{ instances: { "crs-a": { accounts: { reader: undefined, "app-1": "before-1t", ["_".repeat(32)]: {} } } } }],
  [{ instances: { "crs-a": { accounts: { reader: { password: "p", privilege: "r", readonlyPolicy: ["master"] } } } } }],
  [
    {
      instances: { "crs-a": { accounts: { reader: { privilege: undefined, remark: undefined } }, region: undefined } },
    },
  ],
  [{ instances: { "crs-a": { region: "ap-shanghai", accounts: undefined, passwordTime: "empty" } } }],
  [{ instances: { "crs-a": { accounts: { reader: { passwordTime: "stays" } } } } }],
])("%p is valid", (options) => {
  expect(() => checkOptions(options)).not.toThrow();
});

const withAccount = (name: string, account?: unknown) => ({
  instances: { "crs-a": { accounts: { [name]: account } } },
});

it.each(["", " ", "a b", "a/b", "a@b", "a\n", "a\0", "root", "default", "_".repeat(33)])(
  "%j is not a valid account name",
  (name) => {
    const rule =
      "an account's name must have 1 to 32 letters, digits, hyphens or underscores, and not be root or default";
    expect(() => checkOptions(withAccount(name))).toThrow(new Error(`instances.crs-a.accounts: ${rule}`));
  },
);

it.each<[object, string]>([
  [{ instances: { "not an id": "p" } }, "instances: an id must look like crs-5a4py64p"],
  [{ instances: { "crs-a": { accounts: ["reader"] } } }, "instances.crs-a.accounts: must be an object"],
  [withAccount("reader", 7), "instances.crs-a.accounts.reader: must be a password or an object"],
  [
    withAccount("reader", ""),
    "instances.crs-a.accounts.reader.password: must not be empty: only root can be password-free",
  ],
  [withAccount("reader", { privilege: "x" }), "instances.crs-a.accounts.reader.privilege: must be one of r, w, rw"],
  [
    withAccount("reader", { readonlyPolicy: [] }),
    "instances.crs-a.accounts.reader.readonlyPolicy: must be a list of master, replication or both",
  ],
  [
    withAccount("reader", { name: "root" }),
    "instances.crs-a.accounts.reader: has an unknown option; the options are password, privilege, readonlyPolicy, remark, passwordTime",
  ],
  [
    withAccount("reader", { priviledge: "r", password: 1 }),
    "instances.crs-a.accounts.reader.password: must be a string; " +
      "instances.crs-a.accounts.reader: has an unknown option; the options are password, privilege, readonlyPolicy, remark, passwordTime",
  ],
  [{ instances: { "crs-a": 7 } }, "instances.crs-a: must be a password or an object"],
  [{ instances: { "crs-a": { password: 7 } } }, "instances.crs-a.password: must be a string"],
  [{ instances: { "crs-a": { region: ["ap-guangzhou"] } } }, "instances.crs-a.region: must be a string"],
  [
    { instances: { "crs-a": { acounts: {} } } },
    "instances.crs-a: has an unknown option; the options are password, region, passwordTime, accounts",
  ],
  [withAccount("reader", { remark: 1 }), "instances.crs-a.accounts.reader.remark: must be a string"],
  [{ timeZoneHours: -12.5 }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ timeZoneHours: 15 }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ timeZoneHours: NaN }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ instances: { "crs-a": { passwordTime: "" } } }, "instances.crs-a.passwordTime: must be kept, stays or empty"],
  [
    withAccount("reader", { passwordTime: "never" }),
    "instances.crs-a.accounts.reader.passwordTime: must be kept, stays or empty",
  ],
  [{ passwordTime: "never" }, "passwordTime: must be kept, stays or empty"],
  [{ now: new Date() }, "now: must be a function"],
  [{ faults: ["ResetPassword=refuse", "refuse"] }, "faults.1: a fault must be ACTION=KIND or ACTION=KIND*N"],
  [{ faults: ["ResetPassword=http:200"] }, "faults.0: this fault must be http:STATUS, from 400 to 599"],
  [{ otherAccount: { ...other, accountId: "crs" } }, "otherAccount.accountId: must be digits"],
  [
    { otherAccount: { ...other, accountId: ownAccountId } },
    "otherAccount.accountId: must not be this cloud's own account",
  ],
  [
    { otherAccount: { ...other, secretKey: "" } },
    "otherAccount.secretKey: must be printable characters without white space",
  ],
  [{ passwordTime: 1, now: 2 }, "passwordTime: must be kept, stays or empty; now: must be a function"],
])("%p is invalid", (options, message) => {
  expect(() => checkOptions(options)).toThrow(new Error(message));
});
