import { handlersOn, listOf } from "../support/fakeService";
import { read } from "../support/handlers";
import { skipWaiting } from "../support/clock";
import { type Respond, answer, loseAnswer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { type State, id, state, without } from "../support/resource";
import {
  type Exchange,
  describeAccount,
  describeInstance,
  describeTasks,
  instances,
  isolated,
  listed,
  passwordFree,
  refuse,
  setAt,
  useScriptedApi,
} from "../support/scriptedApi";

const api = useScriptedApi();
const output = captureOutput();

skipWaiting();

const times = { taskStartTime: "2026-01-01 08:00:00", passwordTime: "2026-01-01 08:00:02" };
const ours = { TaskId: 11111, StartTime: times.taskStartTime, EndTime: times.passwordTime };
const isThere = describeInstance(instances("crs-5a4py64p"));
const noTime = describeAccount(setAt(""));
const refused = refuse("UnauthorizedOperation", "No.");

it.each<[string, Partial<State>, string[]]>([
  [
    "a reset that is pending",
    { status: "pending" },
    ["the next pulumi up waits for the last reset (task 11111 had not ended)"],
  ],
  [
    "a reset that is pending without a task",
    { status: "pending", taskId: undefined },
    ["the last reset may not have been carried out; the next pulumi up resets the password"],
  ],
  [
    "a reset that is in doubt",
    { status: "failed" },
    ["the last reset may not have been carried out; the next pulumi up resets the password"],
  ],
  [
    "drift that was found before",
    { status: "drifted", reason: "password-free mode is on" },
    ["password-free mode is on; the next pulumi up resets the password"],
  ],
])("an instance that is there stays recorded as it is, with %s", async (_, changes, lines) => {
  api.expect(isThere);
  const recorded = state({ ...changes, ...times });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual(lines.map((line) => `crs-5a4py64p: ${line}`));
  expect(api.unscriptedLists()).toBe(0);
});

it("an instance whose password was set by our reset stays recorded as it is", async () => {
  api.expect(isThere, describeAccount(setAt("2026-01-01 08:00:02")), describeTasks(listed(ours)));
  const recorded = state({ ...times, newestTaskId: 11111 });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual([]);
});

describe("what is missing in the state", () => {
  it.each<[string, Partial<State>, Exchange, Partial<State>]>([
    ["is completed from the list", { unchecked: true }, noTime, { ...times, newestTaskId: 11111 }],
    [
      "is completed where only the newest task was known",
      { unchecked: true, newestTaskId: 16000 },
      noTime,
      { ...times, newestTaskId: 16000 },
    ],
    ["is completed where an older version did not say so", {}, noTime, { ...times, newestTaskId: 11111 }],
    [
      "of an adoption is completed from the account",
      { unchecked: true, taskId: undefined, newestTaskId: 11111 },
      describeAccount(setAt("2026-01-01 08:00:02")),
      { passwordTime: "2026-01-01 08:00:02", newestTaskId: 11111 },
    ],
  ])("%s", async (_, changes, account, completed) => {
    api.expect(isThere, account, describeTasks(listed(ours)));
    const { props } = (await read(id, state(changes))) as { props: State };
    const expected = { ...state(changes), ...completed };
    delete expected.unchecked;
    expect(JSON.parse(JSON.stringify(props))).toStrictEqual(JSON.parse(JSON.stringify(expected)));
    expect(output()).toEqual([]);
  });

  it("counts as drift where nothing is known of a reset without a task: what came since cannot be told from it", async () => {
    const reset = state({ unchecked: true, taskId: undefined });
    api.expect(isThere, describeAccount(setAt("")), describeTasks(listed(ours)));
    const { props } = (await read(id, reset)) as { props: State };
    const reason = "whether the password was set since the last reset is not known";
    expect(props).toMatchObject({ status: "drifted", reason });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password`]);
  });

  it("leaves an adoption unproven of which nothing was known: what came since cannot be told from it", async () => {
    const adopted = state({ unchecked: true, taskId: undefined, requestId: undefined, resetAt: undefined });
    api.expect(isThere, describeAccount(setAt("2026-01-01 08:00:02")), describeTasks(listed(ours)));
    const { props } = (await read(id, adopted)) as { props: State };
    expect(props).toMatchObject({ passwordTime: "2026-01-01 08:00:02", newestTaskId: 11111, unproven: true });
    expect(props).not.toHaveProperty("unchecked");
    expect(output()).toEqual([expect.stringMatching(/^crs-5a4py64p: warning: the password was adopted unproven/)]);
  });

  it.each<[string, Exchange[], string]>([
    [
      "when the password was set",
      [describeAccount(refused), describeTasks(listed(ours))],
      "when the password was last set could not be looked at: ",
    ],
    ["the tasks", [noTime, describeTasks(refused)], "which tasks have set the password could not be looked at: "],
  ])("stays missing where the service does not tell %s, which is said", async (_, exchanges, line) => {
    api.expect(isThere, ...exchanges);
    const recorded = state({ unchecked: true });
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
    expect(output()).toEqual([expect.stringContaining(line)]);
  });
});

it.each<[string, Exchange[], string]>([
  ["lets everybody in", [describeInstance(passwordFree)], "password-free mode is on"],
  [
    "has another password",
    [isThere, describeAccount(setAt("2026-03-04 05:06:07")), describeTasks(listed(ours))],
    "somebody else, or a run that was killed, set the password at 2026-03-04 05:06:07, the service's time",
  ],
])("that an instance %s is recorded with the reason, and said", async (_, exchanges, reason) => {
  api.expect(...exchanges);
  const recorded = state(times);
  const props = { ...recorded, status: "drifted", reason };
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props });
  expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password`]);
});

it.each([
  [isolated, "isolated. Restore the instance in the console, then run `pulumi up`."],
  [
    answer({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: -3 }], RequestId: "r1" }),
    "to be deleted. Remove the resource from the program.",
  ],
])("the condition of an instance that nothing can be done with is said", async (respond, condition) => {
  api.expect(describeInstance(respond), noTime);
  const recorded = state({ ...times, newestTaskId: 11111 });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual([`crs-5a4py64p: the instance is ${condition}`]);
});

it("an adoption that is unproven is said to be so at each refresh", async () => {
  const adopted = without(state({ unproven: true, passwordTime: times.passwordTime, newestTaskId: 0 }), "taskId");
  for (let refreshes = 1; refreshes <= 2; refreshes++) {
    api.expect(isThere, describeAccount(setAt(times.passwordTime)));
    await expect(read(id, adopted)).resolves.toStrictEqual({ id, props: adopted });
    expect(output()).toHaveLength(refreshes);
  }
  expect(output()[0]).toMatch(/^crs-5a4py64p: warning: the password was adopted unproven, /);
});

describe("a task that has not ended and may set another password", () => {
  const running = { TaskId: 22222, Result: 1, StartTime: "2026-01-01 09:00:00" };
  const recorded = state({ ...times, newestTaskId: 11111 });
  const lists = (respond: Respond, account = noTime): Exchange[] => [account, describeTasks(respond)];
  /** Later, password-free mode may have been switched on, too. */
  const later = (respond: Respond, account = noTime): Exchange[] => [...lists(respond, account), isThere];

  /** The calendar of these tests: the task is not a day old. */
  const today: Respond = (response, request) => {
    response.setHeader("Date", "Thu, 01 Jan 2026 02:00:00 GMT");
    listed(running, ours)(response, request);
  };
  const tomorrow: Respond = (response, request) => {
    response.setHeader("Date", "Fri, 02 Jan 2026 02:00:00 GMT");
    listed(running, ours)(response, request);
  };

  it("is waited for", async () => {
    api.expect(isThere, ...lists(today), ...later(today), ...later(listed({ ...running, Result: 4 }, ours)));
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
    expect(output()).toEqual([]);
  });

  it("is drift where it still runs after a while", async () => {
    api.expect(isThere, ...lists(today), ...Array.from({ length: 10 }, () => later(today)).flat());
    const reason = "task 22222, which may set another password, had not ended";
    await expect(read(id, recorded)).resolves.toMatchObject({ props: { status: "drifted", reason } });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password`]);
  });

  it("is ignored where it has run for over a day", async () => {
    api.expect(isThere, ...lists(tomorrow));
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  });

  it("is waited for with what cannot be looked at said once", async () => {
    const denied = describeAccount(refused);
    api.expect(isThere, ...lists(today, denied), ...later(today, denied), ...later(listed(ours), denied));
    await read(id, recorded);
    expect(output()).toHaveLength(1);
  });
});

it("the credentials are those of the profile that is recorded", async () => {
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_ID");
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_KEY");
  process.env.TENCENTCLOUD_SHARED_CREDENTIALS_DIR = "/nonexistent";
  await expect(read(id, state({ profile: "production" }))).rejects.toThrow(
    "Profile production: /nonexistent/production.credential does not exist",
  );
});

it.each(["", "crs-5a4py64p", "ap-guangzhou/", "crs\u001b[31m\nx"])(
  "an id that names no instance is none that is gone: %j",
  async (odd) => {
    await expect(read(odd, state())).rejects.toThrow(
      /^The id [ -~]* is not one of this package: <region>\/<instanceId>$/,
    );
  },
);

it.each([
  ["in no list", instances()],
  ["not found", refuse("ResourceNotFound.InstanceNotExists", "No such instance.")],
])("an instance that is not found is kept where it is not known whose it was: %s", async (_, respond) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).resolves.toStrictEqual({ id, props: state() });
  expect(output()).toEqual([
    "crs-5a4py64p: warning: the instance was not found and is kept in the state, since it belongs to an unknown " +
      "account and these credentials to an unknown account. If the instance is deleted, run `pulumi state delete`.",
  ]);
});

it.each<[string, Respond, string]>([
  ["the service refuses to tell", refuse("AuthFailure.SecretIdNotFound", "No."), "ApiError"],
  ["the service's answer is none", (response) => response.end("<html></html>"), "TransportError"],
])("an instance is not forgotten when %s", async (_, respond, name) => {
  api.expect(describeInstance(respond));
  // Pulumi would print the stack.
  await expect(read(id, state())).rejects.toMatchObject({ name, stack: "" });
});

it("an instance is not forgotten when no answer comes, however often it is asked for", async () => {
  api.expect({ ...describeInstance(loseAnswer), anyTimes: true });
  await expect(read(id, state())).rejects.toMatchObject({ name: "TransportError" });
});

it.each([1, 2])("an answer that is lost is asked for again, which is said once: %d times", async (times) => {
  const lost = Array.from({ length: times }, () => describeInstance(loseAnswer));
  api.expect(...lost, isThere);
  await expect(read(id, state({ status: "failed" }))).resolves.toHaveProperty("id", id);
  expect(output()).toEqual([
    expect.stringMatching(
      /^crs-5a4py64p: DescribeInstances got no usable answer: other side closed \(.*\); retrying for up to 60 s$/,
    ),
    "crs-5a4py64p: the last reset may not have been carried out; the next pulumi up resets the password",
  ]);
});

it("records whose the instance is where that was not known", async () => {
  const InstanceSet = [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: false }];
  const handlers = handlersOn({
    DescribeInstances: { InstanceSet },
    DescribeTaskList: listOf(),
    DescribeInstanceAccount: { Accounts: [] },
  });
  const { props } = (await handlers.read(id, state())) as { props: object };
  expect(props).toMatchObject({ ...state(), ownerAccountId: "100000000001" });
  expect(handlers.count("GetCallerIdentity")).toBe(1);
  expect(handlers.lines).toEqual([]);
});
