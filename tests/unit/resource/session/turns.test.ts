import { Turns } from "../../../../provider/resource/session/turns";
import { type Answers, handlersOn, listAccounts, refusal, serviceTime } from "../../support/fakeService";
import { accountState, newPassword } from "../../support/resource";

const account = (instanceId: string, name?: string) => ({ region: "ap-guangzhou", instanceId, account: name });

/** Changes that the test ends, and the order in which they began. */
function createChanges() {
  const turns = new Turns();
  const began: string[] = [];
  const waiting: string[] = [];
  const ends: Record<string, (error?: Error) => void> = {};
  const begin = (name: string, identity: ReturnType<typeof account>) =>
    turns.take(
      identity,
      () => waiting.push(name),
      () => {
        began.push(name);
        return new Promise<string>((resolve, reject) => {
          ends[name] = (error) => (error ? reject(error) : resolve(name));
        });
      },
    );
  const end = async (name: string, error?: Error): Promise<void> => {
    ends[name]?.(error);
    await new Promise(setImmediate);
  };
  return { begin, end, began, waiting };
}

describe("changes of one instance", () => {
  it("run one after another, in the order of the calls, for any accounts", async () => {
    const { begin, end, began } = createChanges();
    const all = [
      begin("first", account("crs-1", "app")),
      begin("second", account("crs-1")),
      begin("third", account("crs-1", "app")),
    ];
    await end("none");
    expect(began).toEqual(["first"]);
    await end("first");
    expect(began).toEqual(["first", "second"]);
    await end("second");
    await end("third");
    await expect(Promise.all(all)).resolves.toEqual(["first", "second", "third"]);
  });

  it("log that they wait, unless the earlier ones have ended", async () => {
    const { begin, end, waiting } = createChanges();
    const first = begin("first", account("crs-1", "app"));
    const second = begin("second", account("crs-1"));
    await end("none");
    await end("first");
    await end("second");
    const third = begin("third", account("crs-1"));
    await end("none");
    await end("third");
    await Promise.all([first, second, third]);
    expect(waiting).toEqual(["second"]);
  });

  it("continue after a failure, which affects only the change that failed", async () => {
    const { begin, end, began } = createChanges();
    const first = begin("first", account("crs-1", "app"));
    const second = begin("second", account("crs-1", "spare"));
    await end("none");
    await Promise.all([expect(first).rejects.toThrow("out of memory"), end("first", new Error("out of memory"))]);
    await end("second");
    await expect(second).resolves.toBe("second");
    expect(began).toEqual(["first", "second"]);
  });

  it("do not wait for those of another instance or region", async () => {
    const { begin, end, began } = createChanges();
    const all = [
      begin("one", account("crs-1")),
      begin("two", account("crs-2")),
      begin("three", { ...account("crs-1"), region: "ap-shanghai" }),
    ];
    await end("none");
    expect(began).toEqual(["one", "two", "three"]);
    for (const name of began) await end(name);
    await Promise.all(all);
  });
});

describe("two resources for two accounts of one instance", () => {
  const changeBoth = async (answers: Answers) => {
    const handlers = handlersOn(answers);
    const update = (name: string) => {
      const news = handlers.checked({ account: name, password: newPassword, timeoutSeconds: 60 });
      return handlers
        .update("an id", accountState({ account: name }), news)
        .catch((error: unknown) => error) as unknown;
    };
    return { ...handlers, outcomes: await Promise.all([update("app"), update("spare")]) };
  };
  const started: Answers = {
    ModifyInstanceAccount: ({ AccountName }) => ({ TaskId: AccountName === "app" ? 100 : 101 }),
  };
  const done = (name: string, taskId: number) => ({ outs: { status: "done", account: name, taskId } });

  it("send the second change once the task of the first one has ended", async () => {
    const { outcomes, sent } = await changeBoth(started);
    expect(outcomes).toMatchObject([done("app", 100), done("spare", 101)]);
    const order = sent.flatMap(({ action, parameters: { AccountName, TaskId } }) =>
      action === "ModifyInstanceAccount" ? [AccountName] : action === "DescribeTaskInfo" ? [TaskId] : [],
    );
    expect(order).toEqual(["app", 100, "spare", 101]);
  });

  it.each<[string, Answers]>([
    [
      "was refused",
      {
        ModifyInstanceAccount: ({ AccountName }) =>
          AccountName === "app" ? refusal("LimitExceeded") : { TaskId: 101 },
      },
    ],
    ["was for a missing account", { DescribeInstanceAccount: listAccounts({ root: "", spare: "" }) }],
    [
      "had a task that failed",
      {
        DescribeTaskInfo: ({ TaskId }) => ({
          Status: TaskId === 100 ? "failed" : "succeed",
          StartTime: serviceTime(0),
        }),
      },
    ],
  ])("run the second change even if the first one %s", async (_, answers) => {
    const { outcomes } = await changeBoth({ ...started, ...answers });
    expect(outcomes).toEqual([
      expect.any(Error),
      expect.objectContaining({ outs: expect.objectContaining({ account: "spare", status: "done" }) as object }),
    ]);
  });

  it("have separate timeouts, even if the first one has used up its own", async () => {
    const running = { Status: "running", StartTime: serviceTime(0) };
    const { outcomes, elapsedMs } = await changeBoth({
      ...started,
      DescribeTaskInfo: ({ TaskId }, nowMs) =>
        TaskId === 101 && nowMs > 100_000 ? { ...running, Status: "succeed" } : running,
    });
    expect(outcomes).toMatchObject([
      { name: "RecordedFailure", properties: { status: "pending" } },
      done("spare", 101),
    ]);
    expect(elapsedMs()).toBeGreaterThan(100_000);
  });
});
