import { captureOutput } from "../support/output";
import { catchError } from "../support/failure";
import { diff, forget } from "../support/handlers";
import {
  type State,
  checked,
  id,
  makeFingerprint,
  newPassword,
  oldPassword,
  state,
  without,
} from "../support/resource";
import { describeAccount, describeInstance, instances, setAt, useScriptedApi } from "../support/scriptedApi";
import { create } from "../support/handlers";

// A script that is empty fails the test on any request.
const api = useScriptedApi();
const output = captureOutput();

const keeps = "crs-5a4py64p: deleting the resource does not change the instance or its password";

it.each<[string, Partial<State>, string[]]>([
  ["prints no warning about a completed reset", {}, []],
  [
    "warns about a reset that had not ended",
    { status: "pending" },
    ["warning: the last reset (task 11111) was not completed, and may still set its password"],
  ],
  [
    "warns about a reset that may have been carried out",
    { status: "failed" },
    ["warning: which password is set was not known (the last reset may not have been carried out)"],
  ],
  [
    "warns about drift, with its reason",
    { status: "drifted", reason: "password-free mode is on" },
    ["warning: which password is set was not known (password-free mode is on)"],
  ],
])("changes nothing, and %s", (_, changes, warnings) => {
  forget(id, state(changes));
  expect(output()).toEqual([keeps, ...warnings.map((warning) => `crs-5a4py64p: ${warning}`)]);
});

it("names no task if a pending reset has none", () => {
  forget(id, without(state({ status: "pending" }), "taskId"));
  expect(output()).toEqual([
    keeps,
    "crs-5a4py64p: warning: which password is set was not known (the last reset may not have been carried out)",
  ]);
});

describe("after this run has adopted the same instance", () => {
  const other = "crs-5a4py64p: warning: the password that was recorded before differs from the adopted one";

  it.each<[string, string, Partial<State>, string[]]>([
    ["warns if the recorded password is another one", newPassword, {}, [keeps, other]],
    ["prints no warning if the recorded password is the same", oldPassword, {}, [keeps]],
    ["prints no warning if no password is recorded", newPassword, { passwordFingerprint: undefined }, [keeps]],
  ])("%s", async (_, password, changes, lines) => {
    api.expect(describeInstance(instances("crs-5a4py64p")), describeAccount(setAt("")));
    await create(checked({ password, onCreate: "adopt" }));
    const before = output().length;
    forget(id, state(changes));
    expect(output().slice(before)).toEqual(lines);
  });
});

describe("after this run has left another resource for the account as it is", () => {
  const later: Partial<State> = { taskId: 11112, passwordFingerprint: makeFingerprint(newPassword) };
  const refused =
    "Deletion failed: this resource was the last to reset the password of the instance crs-5a4py64p (task 11112), and " +
    "another resource, which stays, has another password. Run `pulumi up --refresh`, which sets that password and " +
    "deletes this resource.";

  const keep = (changes: Partial<State> = {}) => diff(id, state(changes), checked());

  it.each<[string, Partial<State>, Partial<State>]>([
    ["reset it later", {}, later],
    ["reset it later, and had not ended", {}, { ...later, status: "pending" }],
    ["reset it after that one had adopted it", { taskId: undefined, newestTaskId: 11111 }, later],
  ])("fails if the deleted one, with another password, has %s", async (_, kept, changes) => {
    keep(kept);
    expect(await catchError(() => forget(id, state(changes)))).toMatchObject({ message: refused, stack: "" });
    expect(output()).toEqual([]);
  });

  it.each<[string, Partial<State>, Partial<State>]>([
    ["the deleted one has reset it before", {}, { ...later, taskId: 11110 }],
    ["tasks since then have been compared", { newestTaskId: 11112 }, later],
    ["it is the same password", {}, { taskId: 11112 }],
    ["the deleted one has no task", {}, { ...later, taskId: undefined }],
    ["the deleted one was imported", {}, { taskId: 11112, passwordFingerprint: undefined }],
    ["it is not known which one was later", { taskId: undefined, newestTaskId: undefined }, later],
  ])("succeeds if %s", (_, kept, changes) => {
    keep(kept);
    forget(id, state(changes));
    expect(output()).toEqual([keeps]);
  });

  it("succeeds in a destroy, which checks nothing", () => {
    diff(id, state(), state());
    forget(id, state(later));
    expect(output()).toEqual([keeps]);
  });
});
