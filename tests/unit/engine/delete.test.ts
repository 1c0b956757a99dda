import { captureOutput } from "../support/output";
import { catchError } from "../support/failure";
import {
  type Answers,
  accountChange,
  handlersOn,
  listTasks,
  refusal,
  serviceTime,
  unfinished,
} from "../support/fakeService";
import { diff, forget } from "../support/handlers";
import {
  type State,
  accountState,
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
    ["warning: the last reset (task 11111) was not completed: its password may be set"],
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

/** Custom accounts without times: the service does not show whose password a task has set. */
const change = listTasks(accountChange(22222));

describe("if another resource of the program for the account, with another password, stays", () => {
  const resetAt = "2026-01-02T03:04:06.000Z";
  const earlier = "2026-01-02T03:04:05.000Z";
  const later: Partial<State> = { taskId: 11112, resetAt, passwordFingerprint: makeFingerprint(newPassword) };
  const refused =
    "Deletion failed: this resource may have been the last to set the password of the instance crs-5a4py64p, to another " +
    "one than that of the resource that stays. Run `pulumi up --refresh` or, if that does not help, change the input " +
    "triggers of the one that stays.";
  const lost = { ...later, status: "failed", resetAt: undefined, taskId: undefined } as const;
  const lostUpdate = { status: "failed", passwordFingerprint: makeFingerprint(oldPassword) } as const;
  const adopted = { taskId: undefined, resetAt: undefined };

  it.each<[string, Partial<State>, Partial<State>]>([
    ["was reset later", { resetAt: earlier }, later],
    ["was reset later, and had not ended", { resetAt: earlier }, { ...later, status: "pending" }],
    ["was reset later, without a task", { resetAt: earlier }, { ...later, taskId: undefined }],
    ["may have been reset at any time", { resetAt: earlier }, lost],
    ["may have been reset to a password that is not recorded", { resetAt: earlier }, { ...later, ...lostUpdate }],
    ["was reset after the adoption of the other one", { ...adopted, newestTaskId: 11111 }, later],
    ["was reset without a task, and the other one adopted", adopted, { ...later, taskId: undefined }],
    ["was reset, and what was set before the adoption of the other one is not known", adopted, later],
  ])("a deletion fails if the resource %s", async (_, kept, changes) => {
    diff(id, state(kept), checked());
    expect(await catchError(() => forget(id, state(changes)))).toMatchObject({ message: refused, stack: "" });
    expect(output()).toEqual([]);
  });

  it("a deletion fails even if the other one was to be reset, and that has failed", async () => {
    diff(id, state({ resetAt: earlier }), checked({ triggers: { month: "2026-02" } }));
    expect(await catchError(() => forget(id, state(later)))).toMatchObject({ message: refused });
  });

  it.each<[string, Partial<State>, Partial<State>]>([
    ["the other one was reset later", { resetAt }, { ...later, resetAt: earlier }],
    ["the other one was adopted later", { ...adopted, newestTaskId: 11112 }, later],
    ["the password is the same", { resetAt: earlier }, { taskId: 11112, resetAt }],
    ["the resource was adopted without a reset", { resetAt: earlier }, { ...later, ...adopted }],
    ["the resource was imported", { resetAt: earlier }, { ...later, passwordFingerprint: undefined }],
  ])("a deletion succeeds if %s", (_, kept, changes) => {
    diff(id, state(kept), checked());
    forget(id, state(changes));
    expect(output()).toEqual([keeps]);
  });

  it.each(["done", "failed", "pending", "drifted"] as const)(
    "a deletion before the replacement of the same resource succeeds, with the status %s",
    (status) => {
      diff(id, state({ status }), checked());
      const before = output().length;
      forget(id, state({ status }));
      expect(output().slice(before)).toContain(keeps);
    },
  );

  it("a deletion succeeds after a refresh, which has compared the other one with the service", async () => {
    const handlers = handlersOn();
    await handlers.read(id, state({ resetAt: earlier }));
    handlers.diff(id, state({ resetAt: earlier }), handlers.checked());
    handlers.delete(id, state(later));
    expect(handlers.lines).toEqual([keeps]);
  });

  it.each<[string, Answers]>([
    [
      "read nothing",
      { DescribeInstanceAccount: refusal("UnauthorizedOperation"), DescribeTaskList: refusal("UnauthorizedOperation") },
    ],
    ["could not tell whose password was set", { DescribeTaskList: change }],
    ["has seen a change that had not ended", { DescribeTaskList: listTasks(unfinished(22222, { TaskType: "037" })) }],
  ])("a deletion fails after a refresh that %s", async (_, answers) => {
    const handlers = handlersOn(answers);
    const kept = accountState({ resetAt: earlier, newestTaskId: 11111, passwordTime: serviceTime(-9) });
    await handlers.read(`${id}/app`, kept);
    handlers.diff(`${id}/app`, kept, handlers.checked({ account: "app" }));
    const error = await catchError(() =>
      handlers.delete(
        `${id}/app`,
        accountState({ taskId: 22222, resetAt, passwordFingerprint: makeFingerprint(newPassword, "app") }),
      ),
    );
    expect(error).toMatchObject({ message: refused.replace("the instance", "the account app of") });
  });
});

it("in a destroy, nothing is known of other resources, and a deletion succeeds", () => {
  forget(id, state({ passwordFingerprint: makeFingerprint(newPassword) }));
  expect(output()).toEqual([keeps]);
});
