import {
  type Answers,
  type Fields,
  handlersOn,
  listAccounts,
  listTasks,
  refusal,
  serviceTime,
  unfinished,
} from "../../support/fakeService";
import { id } from "../../support/resource";
import { ofApp, ofRoot, change, ours, rootsOwn, setAt, refresh } from "../../support/refreshAccount";

describe("if the service returns no time for the account", () => {
  const cannotTell = (taskId: number, label = "crs-5a4py64p/app") =>
    `${label}: warning: task ${taskId} changed an account of the instance, and the service does not show which: if AUTH refuses ` +
    "the program's password, change the input triggers to set it again";
  const DescribeInstanceAccount = listAccounts({ root: "", app: "", spare: "" });

  it.each<[string, typeof ofApp, Fields, readonly string[]]>([
    ["a later change causes a warning", ofApp, change(101, 300), [cannotTell(101)]],
    [
      "a later change causes a warning for the default account",
      ofRoot,
      change(101, 300),
      [cannotTell(101, "crs-5a4py64p")],
    ],
    ["an earlier change causes no warning", ofApp, change(99, -300), []],
    ["a failed change causes no warning", ofApp, { ...change(101, 300), Result: 4 }, []],
  ])("%s, and nothing is reset", async (_, olds, other, lines) => {
    const own = olds.account === undefined ? rootsOwn : ours;
    const found = await refresh(olds, { DescribeInstanceAccount, DescribeTaskList: listTasks(other, own) });
    expect(found.props).toEqual(olds);
    expect(found.lines).toEqual(lines);
  });

  it("if the accounts cannot be read, that is the only line", async () => {
    const answers = {
      DescribeInstanceAccount: refusal("UnauthorizedOperation"),
      DescribeTaskList: listTasks(change(101, 300), ours),
    };
    const found = await refresh(ofApp, answers);
    expect(found.status).toBe("done");
    expect(found.lines).toEqual([
      expect.stringMatching(
        /^crs-5a4py64p\/app: warning: could not read when the password was last set: DescribeInstanceAccount failed: /,
      ),
    ]);
  });
});

describe("a task that is unfinished after 20 s", () => {
  const mayBeIts = (taskId: number) =>
    `warning: task ${taskId} had not ended, and may be a change of this account: refresh again later`;
  const isDrift = (taskId: number) =>
    `task ${taskId}, which may set another password, had not ended; the next pulumi up resets the password to the program's`;
  const running = (taskId: number, TaskType: string) => unfinished(taskId, { TaskType, StartTime: serviceTime(6) });

  it.each<[string, typeof ofApp, readonly Fields[], string, readonly string[]]>([
    ["causes a warning if it is a change of an account", ofApp, [running(101, "037")], "done", [mayBeIts(101)]],
    [
      "causes a warning for the default account if it is a change of an account",
      ofRoot,
      [running(101, "037")],
      "done",
      [mayBeIts(101)],
    ],
    [
      "is drift if it is a reset, even if a change of an account runs at the same time",
      ofRoot,
      [running(102, "037"), running(101, "007")],
      "drifted",
      [isDrift(101)],
    ],
    [
      "causes a warning for each of several",
      ofApp,
      [running(102, "037"), running(101, "037")],
      "done",
      [mayBeIts(102), mayBeIts(101)],
    ],
    ["causes nothing if it is a reset, and the account is another one", ofApp, [running(101, "007")], "done", []],
  ])("%s", async (_, olds, tasks, status, texts) => {
    const found = await refresh(olds, {
      DescribeInstanceAccount: setAt(5, 5, 5),
      DescribeTaskList: listTasks(...tasks),
    });
    expect(found.status).toBe(status);
    const label = olds.account === undefined ? "crs-5a4py64p" : "crs-5a4py64p/app";
    expect(found.lines).toEqual(texts.map((text) => `${label}: ${text}`));
  });
});

describe("a task in the state of another account of the program, refreshed at the same time", () => {
  const spare = { account: "spare", taskId: 101, taskStartTime: serviceTime(299), passwordTime: serviceTime(300) };
  const refreshBoth = async (olds: object, answers: Answers) => {
    const handlers = handlersOn(answers);
    const states = [ofApp, { ...ofApp, ...spare, ...olds }];
    await Promise.all(states.map((each) => handlers.read(`${id}/${each.account ?? ""}`, each)));
    return handlers;
  };

  it("is not waited for, and not warned of, while it is running", async () => {
    const { lines, elapsedMs } = await refreshBoth(
      { status: "pending" },
      { DescribeInstanceAccount: setAt(5, 5, 5), DescribeTaskList: listTasks(unfinished(101, { TaskType: "037" })) },
    );
    expect(lines).toEqual(["crs-5a4py64p/spare: the next pulumi up completes the last reset (task 101)"]);
    expect(elapsedMs()).toBe(0);
  });

  it("is not warned of if the service returns no times", async () => {
    const { lines } = await refreshBoth(
      {},
      {
        DescribeInstanceAccount: listAccounts({ root: "", app: "", spare: "" }),
        DescribeTaskList: listTasks(change(101, 300), ours),
      },
    );
    expect(lines).toEqual([]);
  });
});

describe("password-free mode", () => {
  const DescribeInstances = { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: true }] };

  it("is a warning for an account other than the default one, whose password it does not change", async () => {
    const found = await refresh(ofApp, { DescribeInstances, DescribeInstanceAccount: setAt(5, 5) });
    expect(found.props).toEqual(ofApp);
    expect(found.lines).toEqual([
      "crs-5a4py64p/app: warning: password-free mode is on: anyone who reaches the instance can sign in without a password",
    ]);
  });

  it("is drift of the default account", async () => {
    await expect(refresh(ofRoot, { DescribeInstances })).resolves.toMatchObject({ reason: "password-free mode is on" });
  });
});
