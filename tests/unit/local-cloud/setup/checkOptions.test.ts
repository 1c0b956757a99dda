import { account } from "../../../../local-cloud/model/caller";
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
])("%p is right", (options) => {
  expect(() => checkOptions(options)).not.toThrow();
});

it.each<[object, string]>([
  [{ timeZoneHours: -12.5 }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ timeZoneHours: 15 }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ timeZoneHours: NaN }, "timeZoneHours: must be a number of hours, from -12 to 14"],
  [{ passwordTime: "never" }, "passwordTime: must be kept, stays or empty"],
  [{ now: new Date() }, "now: must be a function"],
  [{ faults: ["ResetPassword=refuse", "refuse"] }, "faults.1: a fault must be ACTION=KIND or ACTION=KIND*N"],
  [{ faults: ["ResetPassword=http:200"] }, "faults.0: this fault must be http:STATUS, from 400 to 599"],
  [{ otherAccount: { ...other, accountId: "crs" } }, "otherAccount.accountId: must be digits"],
  [{ otherAccount: { ...other, accountId: account } }, "otherAccount.accountId: must not be this cloud's own account"],
  [
    { otherAccount: { ...other, secretKey: "" } },
    "otherAccount.secretKey: must be printable characters without white space",
  ],
  [{ passwordTime: 1, now: 2 }, "passwordTime: must be kept, stays or empty; now: must be a function"],
])("%p is wrong", (options, message) => {
  expect(() => checkOptions(options)).toThrow(new Error(message));
});
