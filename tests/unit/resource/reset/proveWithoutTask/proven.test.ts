import { handlersOn, listTasks, refusal, serviceTime, task, unfinished } from "../../../support/fakeService";
import { makeFingerprint, id, newPassword, state } from "../../../support/resource";
import { accountSetAt, known, outOfPasswordFreeMode, updateWithoutTask } from "../../../support/withoutTask";

const verify = { host: "10.0.0.1", port: 6379 };
const isDone = { outs: { status: "done", passwordFingerprint: makeFingerprint(newPassword) } };

it.each([[{ TaskId: 0 }], [{ TaskId: -1 }], [{}], [{ TaskId: "5" }], [{ TaskId: null }]])(
  "a reset without a valid task id is recorded without a task: %j",
  async (ResetPassword) => {
    const { outcome, count } = await updateWithoutTask({ ResetPassword }, { olds: outOfPasswordFreeMode });
    expect(outcome).toMatchObject(isDone);
    expect(outcome).not.toHaveProperty("outs.taskId");
    expect(count("DescribeTaskInfo")).toBe(0);
    expect(count("ResetPassword")).toBe(1);
  },
);

describe("a reset is proven to be carried out", () => {
  it("if the instance has left password-free mode, which was recorded", async () => {
    const { outcome } = await updateWithoutTask({ DescribeTaskList: known }, { olds: outOfPasswordFreeMode });
    expect(outcome).toMatchObject({ outs: { status: "done", newestTaskId: 98, unchecked: true } });
  });

  it("if this run has seen the instance in password-free mode", async () => {
    const free = { InstanceSet: [{ InstanceId: "crs-5a4py64p", NoAuth: true }] };
    const usual = { InstanceSet: [{ InstanceId: "crs-5a4py64p", NoAuth: false }] };
    const handlers = handlersOn({ ResetPassword: { TaskId: 0 }, DescribeInstances: [free, free, usual] });
    await handlers.read(id, state());
    const news = handlers.checked({ password: newPassword, timeoutSeconds: 60 });
    await expect(handlers.update(id, state(), news)).resolves.toMatchObject(isDone);
    // It was still in that mode the first time.
    expect(handlers.elapsedMs()).toBe(2000);
  });

  it("if an unknown reset has succeeded since", async () => {
    const { outcome, elapsedMs } = await updateWithoutTask({
      DescribeTaskList: [known, known, listTasks(task(99), task(98))],
    });
    expect(outcome).toMatchObject({ outs: { status: "done", newestTaskId: 99 } });
    expect(elapsedMs()).toBe(2000);
  });

  it("if its task is the only new one, in a run with more instances than are read individually", async () => {
    const switched = task(98, { TaskType: "035", StartTime: serviceTime(-9), EndTime: serviceTime(-8) });
    let resets = 0;
    const handlers = handlersOn({
      ResetPassword: () => (++resets < 3 ? { TaskId: resets } : {}),
      DescribeTaskList: ({ InstanceId, Result }) => {
        if (Result || InstanceId !== "crs-5a4py64p") return listTasks();
        return resets < 3 ? listTasks(switched) : listTasks(task(99), switched);
      },
    });
    for (const instanceId of ["crs-first", "crs-second"]) await handlers.create(handlers.checked({ instanceId }));
    const news = handlers.checked({ password: newPassword });
    const olds = { ...outOfPasswordFreeMode, newestTaskId: 97 };
    await expect(handlers.update(id, olds, news)).resolves.toMatchObject(isDone);
    expect(resets).toBe(3);
  });

  it("if the time of the password changes", async () => {
    const before = serviceTime(-900);
    const { outcome } = await updateWithoutTask({
      DescribeInstanceAccount: accountSetAt(before, before, serviceTime(3)),
    });
    expect(outcome).toMatchObject({ outs: { status: "done", passwordTime: serviceTime(3), newestTaskId: 0 } });
    expect(outcome).not.toHaveProperty("outs.unchecked");
  });

  it("but its time is recorded only once the service shows another one than before", async () => {
    const before = serviceTime(-900);
    const { outcome } = await updateWithoutTask(
      { DescribeInstanceAccount: accountSetAt(before) },
      { olds: { ...outOfPasswordFreeMode, passwordTime: before } },
    );
    expect(outcome).toMatchObject({ outs: { status: "done", unchecked: true } });
    const { outs } = outcome as { outs: ReturnType<typeof state> };
    expect(outs).not.toHaveProperty("passwordTime");
    // Otherwise, this would look like another reset.
    const later = handlersOn({ DescribeInstanceAccount: accountSetAt(serviceTime(0)) });
    await expect(later.read(id, outs)).resolves.toMatchObject({
      props: { status: "done", passwordTime: serviceTime(0) },
    });
    expect(later.lines).toEqual([]);
  });

  it("if the service had no time before, and returns one now", async () => {
    const { outcome } = await updateWithoutTask({ DescribeInstanceAccount: accountSetAt("", serviceTime(3)) });
    expect(outcome).toMatchObject({ outs: { status: "done", passwordTime: serviceTime(3) } });
  });

  it("if that time is after the acceptance, in the time zone of an earlier reset", async () => {
    const olds = state({ resetAt: "2026-01-01T00:00:00.000Z", taskStartTime: "2026-01-01 08:00:01" });
    const { outcome, elapsedMs } = await updateWithoutTask(
      { DescribeInstanceAccount: accountSetAt(serviceTime(0)) },
      { olds },
    );
    expect(outcome).toMatchObject(isDone);
    expect(elapsedMs()).toBe(0);
  });

  it("if the instance accepts the password, even after it has refused it for a while", async () => {
    const outcomes = ["refused", "refused", "accepted"] as const;
    let turn = 0;
    const { outcome, lines } = await updateWithoutTask(
      {},
      {
        inputs: { verify },
        world: {
          verifyPassword: () =>
            Promise.resolve({ outcome: outcomes[Math.min(turn++, 2)] ?? "accepted", reason: "WRONGPASS" }),
        },
      },
    );
    expect(outcome).toMatchObject(isDone);
    expect(lines).toEqual(["crs-5a4py64p: the password was reset"]);
  });

  it("once no other task can set a password: its own, or an older one, may still be running", async () => {
    const { outcome, elapsedMs } = await updateWithoutTask(
      { DescribeTaskList: [known, listTasks(unfinished(99), task(98)), listTasks(task(99), task(98))] },
      { olds: outOfPasswordFreeMode },
    );
    expect(outcome).toMatchObject(isDone);
    expect(elapsedMs()).toBe(2000);
  });

  it.each([
    ["the account", { DescribeInstanceAccount: refusal("UnauthorizedOperation") }],
    ["the list", { DescribeTaskList: refusal("UnauthorizedOperation") }],
  ])("if there is one proof, even if %s cannot be read", async (_, answers) => {
    expect((await updateWithoutTask(answers, { olds: outOfPasswordFreeMode })).outcome).toMatchObject({
      outs: { status: "done", unchecked: true },
    });
  });
});

it("a list that cannot be read after the reset is a warning: another task may set another password", async () => {
  const { lines } = await updateWithoutTask(
    { DescribeTaskList: [known, refusal("UnauthorizedOperation")] },
    { olds: outOfPasswordFreeMode },
  );
  expect(lines[0]).toMatch(/^crs-5a4py64p: warning: other changes of the password could not be looked up: /);
});

it("an ordinary reset needs no additional request", async () => {
  const { count } = await updateWithoutTask({ ResetPassword: { TaskId: 100 } });
  const actions = [
    "DescribeTaskList",
    "ResetPassword",
    "DescribeTaskInfo",
    "DescribeInstances",
    "DescribeInstanceAccount",
  ];
  expect(actions.map(count)).toEqual([2, 1, 1, 0, 0]);
});
