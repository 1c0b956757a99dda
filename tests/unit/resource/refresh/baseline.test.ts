import { read } from "../../support/handlers";
import { captureOutput } from "../../support/output";
import { type State, id, state } from "../../support/resource";
import {
  type Exchange,
  describeAccount,
  describeTasks,
  listed,
  refuse,
  setAt,
  useScriptedApi,
} from "../../support/scriptedApi";
import { isThere, noTime, ours, times } from "../../support/earlierReset";

const api = useScriptedApi();
const output = captureOutput();

const refused = refuse("UnauthorizedOperation", "No.");

describe("a baseline that is missing in the state", () => {
  it.each<[string, Partial<State>, Exchange, Partial<State>]>([
    ["is completed from the list", { unchecked: true }, noTime, { ...times, newestTaskId: 11111 }],
    [
      "is completed if only the newest task was known",
      { unchecked: true, newestTaskId: 16000 },
      noTime,
      { ...times, newestTaskId: 16000 },
    ],
    ["is completed if an older version did not mark it as missing", {}, noTime, { ...times, newestTaskId: 11111 }],
    [
      "is completed if an older version recorded a reset without a task",
      { taskId: undefined },
      describeAccount(setAt(times.passwordTime)),
      { passwordTime: times.passwordTime, newestTaskId: 11111 },
    ],
    [
      "is completed if the reset's own times were known",
      { unchecked: true, ...times },
      noTime,
      { newestTaskId: 11111 },
    ],
    ["is not completed if the end of the reset is known", times, noTime, {}],
    [
      "of an adoption is completed from the account",
      { unchecked: true, taskId: undefined, newestTaskId: 11111 },
      describeAccount(setAt(times.passwordTime)),
      { passwordTime: times.passwordTime, newestTaskId: 11111 },
    ],
  ])("%s", async (_, changes, account, completed) => {
    api.expect(isThere, account, describeTasks(listed(ours)));
    const { props } = (await read(id, state(changes))) as { props: State };
    const expected = { ...state(changes), ...completed };
    delete expected.unchecked;
    expect(JSON.parse(JSON.stringify(props))).toStrictEqual(JSON.parse(JSON.stringify(expected)));
    expect(output()).toEqual([]);
  });

  it("counts as drift after an unproven reset without a task: later changes cannot be told from it", async () => {
    const reset = state({ unchecked: true, taskId: undefined });
    api.expect(isThere, describeAccount(setAt("")), describeTasks(listed(ours)));
    const { props } = (await read(id, reset)) as { props: State };
    const reason = "whether the password was set since the last reset is not known";
    expect(props).toMatchObject({ status: "drifted", reason });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password to the program's`]);
  });

  it("leaves an adoption unproven: later changes cannot be told from it", async () => {
    const adopted = state({ unchecked: true, taskId: undefined, requestId: undefined, resetAt: undefined });
    api.expect(isThere, describeAccount(setAt(times.passwordTime)), describeTasks(listed(ours)));
    const { props } = (await read(id, adopted)) as { props: State };
    expect(props).toMatchObject({ passwordTime: times.passwordTime, newestTaskId: 11111, unproven: true });
    expect(props).not.toHaveProperty("unchecked");
    expect(output()).toEqual([expect.stringMatching(/^crs-5a4py64p: warning: the password was adopted without proof/)]);
  });

  it("leaves an adoption unproven if an account was changed since, whichever it was", async () => {
    const adopted = { taskId: undefined, requestId: undefined, resetAt: undefined, newestTaskId: 11111 };
    const change = { ...ours, TaskId: 11112, TaskType: "037" };
    api.expect(isThere, describeAccount(setAt(times.passwordTime)), describeTasks(listed(ours, change)));
    const { props } = (await read(id, state({ ...adopted, unchecked: true }))) as { props: State };
    expect(props).toMatchObject({ passwordTime: times.passwordTime, newestTaskId: 11111, unproven: true });
    expect(output()).toEqual([
      expect.stringMatching(/^crs-5a4py64p: warning: task 11112 changed an account of the instance/),
      expect.stringMatching(/^crs-5a4py64p: warning: the password was adopted without proof/),
    ]);
  });

  it.each<[string, Exchange[], string]>([
    [
      "the time of the password",
      [describeAccount(refused), describeTasks(listed(ours))],
      ": warning: could not read when the password was last set: ",
    ],
    ["the tasks", [noTime, describeTasks(refused)], ": warning: could not read which tasks have set the password: "],
  ])("stays missing if the service does not return %s, which is reported", async (_, exchanges, line) => {
    api.expect(isThere, ...exchanges);
    const recorded = state({ unchecked: true });
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
    expect(output()).toEqual([expect.stringContaining(line)]);
  });
});
