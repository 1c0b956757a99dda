import {
  type Answers,
  handlersOn,
  listTasks,
  refusal,
  serviceTime,
  task,
  unfinished,
} from "../../../support/fakeService";
import { wasReset } from "../../../support/lines";
import { makeFingerprint, newPassword } from "../../../support/resource";
import { updatePassword } from "../../../support/updatePassword";

const done = { outs: { taskId: 100, status: "done" } };
const ours = task(100, { EndTime: serviceTime(0) });

describe("before a reset is sent, another task that may set a password", () => {
  it("is waited for", async () => {
    const running = listTasks(unfinished(99));
    const { outcome, sent, lines } = await updatePassword({
      DescribeTaskList: [running, running, running, listTasks(task(99)), listTasks(ours, task(99))],
    });
    expect(outcome).toMatchObject({ outs: { ...done.outs, newestTaskId: 100 } });
    expect(sent.find(({ action }) => action === "ResetPassword")).toMatchObject({ atMs: 3000 });
    expect(lines).toEqual([wasReset(100)]);
  });

  it("is still waited for after the list could not be read for a while", async () => {
    const { sent, lines } = await updatePassword({
      DescribeTaskList: (_, nowMs) => {
        if (nowMs < 1_000) return listTasks(unfinished(99));
        return nowMs < 20_000 ? refusal("FailedOperation.SystemError") : listTasks(task(99));
      },
    });
    expect(sent.find(({ action }) => action === "ResetPassword")?.atMs).toBeGreaterThanOrEqual(20_000);
    expect(lines.at(-1)).toBe(wasReset(100));
  });

  it.each([
    ["a switch of password-free mode", "035"],
    ["a change of an account", "037"],
  ])("is also waited for if it is %s", async (_, TaskType) => {
    const { sent } = await updatePassword({ DescribeTaskList: [listTasks(unfinished(99, { TaskType })), listTasks()] });
    expect(sent.find(({ action }) => action === "ResetPassword")).toMatchObject({ atMs: 1000 });
  });

  it("that has not ended at the deadline is named, and nothing is sent or recorded", async () => {
    const { outcome, count } = await updatePassword({ DescribeTaskList: listTasks(unfinished(99)) });
    expect(outcome).toMatchObject({
      name: "Error",
      message:
        "ResetPassword was not sent: another task, 99 of crs-5a4py64p, had not ended after 60 s, and may set another password. " +
        "Run `pulumi up` to wait for it again.",
    });
    expect(count("ResetPassword")).toBe(0);
  });

  it("that began more than a day ago is ignored, with one warning", async () => {
    const old = unfinished(99, { StartTime: serviceTime(-86_402) });
    const { outcome, lines } = await updatePassword({ DescribeTaskList: [listTasks(old), listTasks(ours, old)] });
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([
      "crs-5a4py64p: warning: task 99 has not ended for over a day and is ignored, but may still set another password",
      wasReset(100),
    ]);
  });

  it("that began a day ago is waited for", async () => {
    const { outcome } = await updatePassword({
      DescribeTaskList: listTasks(unfinished(99, { StartTime: serviceTime(-86_300) })),
    });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/^ResetPassword was not sent: another task, 99 of /) as string,
    });
  });
});

describe("after a reset has ended, another task that may set a password", () => {
  it("is waited for, and then compared with ours", async () => {
    const { outcome, count, lines } = await updatePassword({
      ResetPassword: [{ TaskId: 100 }, { TaskId: 102 }],
      DescribeTaskList: (_, nowMs) =>
        nowMs < 2000 ? listTasks(unfinished(101), ours) : listTasks(task(101, { EndTime: serviceTime(2) }), ours),
    });
    // Known before: it is waited for, and then nothing is left to win.
    expect(count("ResetPassword")).toBe(1);
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([wasReset(100)]);
  });

  it("is still waited for after the list could not be read for a while", async () => {
    let lists = 0;
    const { count } = await updatePassword({
      ResetPassword: [{ TaskId: 100 }, { TaskId: 102 }],
      DescribeTaskList: (_, nowMs) => {
        const won = task(99, { EndTime: serviceTime(9) });
        if (++lists === 1) return listTasks();
        if (nowMs < 1_000) return listTasks(unfinished(99), ours);
        return nowMs < 20_000 ? refusal("FailedOperation.SystemError") : listTasks(won, ours);
      },
    });
    expect(count("ResetPassword")).toBe(2);
  });

  it("is not our own if the list shows its end late", async () => {
    const { outcome, elapsedMs } = await updatePassword({
      DescribeTaskList: [listTasks(), listTasks(unfinished(100))],
    });
    expect(outcome).toMatchObject(done);
    expect(elapsedMs()).toBe(0);
  });

  it("that has not ended at the deadline leaves the reset pending, with its own task", async () => {
    const { outcome, count } = await updatePassword({
      DescribeTaskList: [listTasks(), listTasks(unfinished(99), ours)],
    });
    const reason =
      "ResetPassword succeeded, but another task, 99 of crs-5a4py64p, had not ended after 60 s, and may set another password. " +
      "Run `pulumi up` to wait for it and, if it has set another password, to send this one again.";
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      reasons: [reason],
      properties: {
        taskId: 100,
        status: "pending",
        passwordFingerprint: makeFingerprint(newPassword),
        newestTaskId: 0,
      },
    });
    expect(count("ResetPassword")).toBe(1);
  });
});

describe("an adoption", () => {
  const adopt = async (answers: Answers) => {
    const handlers = handlersOn(answers);
    const news = handlers.checked({ onCreate: "adopt", timeoutSeconds: 60 });
    return { ...handlers, outcome: await handlers.create(news).catch((error: unknown) => error) };
  };

  it("waits for other tasks", async () => {
    const { outcome, elapsedMs } = await adopt({ DescribeTaskList: [listTasks(unfinished(99)), listTasks(task(99))] });
    expect(outcome).toMatchObject({ outs: { status: "done", newestTaskId: 99 } });
    expect(elapsedMs()).toBe(1000);
  });

  it("fails if one has not ended at the deadline", async () => {
    expect((await adopt({ DescribeTaskList: listTasks(unfinished(99)) })).outcome).toMatchObject({
      message:
        "Adoption failed: another task, 99 of crs-5a4py64p, had not ended after 60 s, and may set another password. " +
        "Run `pulumi up` to wait for it again.",
    });
  });
});
