import { ApiError, TransportError } from "../../../provider/errors";
import type { CallLimits, Client } from "../../../provider/tencentcloud/client";
import { waitForTask } from "../../../provider/tencentcloud/task";

type Turn = string | Error | { readonly status: string; readonly message: string };

/** A service that tells these statuses one after the other, the last for ever, and a clock that only waiting moves. */
function play(turns: Turn[], { timeoutSeconds = 600, callMs = 0 } = {}) {
  let nowMs = 1_000_000;
  const delays: number[] = [];
  const limits: (number | undefined)[] = [];
  const rest = [...turns];
  const client: Client = (_action, _parameters, { timeoutMs }: CallLimits = {}) => {
    limits.push(timeoutMs);
    // A wait without end would hang the tests, since time passes here without waiting.
    if (limits.length > 1000) throw new Error("polled without end");
    nowMs += callMs;
    const turn = (rest.length > 1 ? rest.shift() : rest[0]) as Turn;
    if (turn instanceof Error) return Promise.reject(turn);
    const { status, message } = typeof turn === "string" ? { status: turn, message: "" } : turn;
    return Promise.resolve({ RequestId: "r1", Status: status, TaskMessage: message });
  };
  const delay = (delayMs: number) => {
    delays.push(delayMs);
    nowMs += delayMs;
    return Promise.resolve();
  };
  const end = waitForTask(client, 16657, { timeoutSeconds, now: () => nowMs, delay });
  return { end, delays, limits };
}

const lostAnswer = new TransportError("DescribeTaskInfo", "no answer in time");

describe("waiting ends well", () => {
  it.each<[string, Turn[], number]>([
    ["at once, when the task is done", ["succeed"], 1],
    ["after some polls", ["preparing", "running", "running", "succeed"], 4],
    ["whatever the case of the status", ["PREPARING", "Running", "SUCCEED"], 3],
    ["though answers were lost on the way", ["running", lostAnswer, lostAnswer, "succeed"], 4],
    ["though the first answer was lost", [lostAnswer, "succeed"], 2],
  ])("%s", async (_, turns, polls) => {
    const { end, limits, delays } = play(turns);
    await end;
    expect(limits).toHaveLength(polls);
    expect(delays).toHaveLength(polls - 1);
  });
});

describe("waiting ends at once", () => {
  it.each([
    ["failed", "failed", "Task 16657 ended as failed: the service gave no message"],
    ["error", "error", "Task 16657 ended as error: the service gave no message"],
    ["failed in upper case", "FAILED", "Task 16657 ended as failed: the service gave no message"],
    ["failed with a reason", { status: "failed", message: "Proxy\nbusy." }, "Task 16657 ended as failed: Proxy busy."],
  ])("when the task has %s", async (_, turn, message) => {
    const { end, limits } = play(["running", turn, "succeed"]);
    await expect(end).rejects.toMatchObject({ name: "TaskError", taskId: 16657, message });
    expect(limits).toHaveLength(2);
  });

  it("when the service refuses to tell", async () => {
    const refusal = new ApiError("DescribeTaskInfo", "AuthFailure.SecretIdNotFound", "r1", "No.");
    const { end, limits } = play(["running", refusal, "succeed"]);
    await expect(end).rejects.toBe(refusal);
    expect(limits).toHaveLength(2);
  });
});

describe("waiting ends when the time is over", () => {
  it.each<[string, Turn]>([
    ["and the task still runs", "running"],
    ["and no answer has come", lostAnswer],
  ])("%s", async (_, turn) => {
    const { end } = play([turn], { timeoutSeconds: 10 });
    await expect(end).rejects.toMatchObject({
      name: "TaskTimeoutError",
      taskId: 16657,
      message: "Task 16657 was still running after 10 s",
    });
  });

  it.each([0.01, 10, 600])("after exactly %d s", async (timeoutSeconds) => {
    const { end, delays } = play(["running"], { timeoutSeconds });
    await expect(end).rejects.toThrow("still running");
    const waitedMs = delays.reduce((sum, delayMs) => sum + delayMs, 0);
    expect(waitedMs).toBeCloseTo(timeoutSeconds * 1000, 3);
  });

  it("and a slow last answer does not make it wait on", async () => {
    const { end, delays } = play(["running"], { timeoutSeconds: 1, callMs: 1500 });
    await expect(end).rejects.toThrow("still running");
    expect(delays).toEqual([0]);
  });
});

describe("polls", () => {
  it("come half a second apart at first, then slower, up to 5 s", async () => {
    const { end, delays } = play([...Array<string>(20).fill("running"), "succeed"]);
    await end;
    expect(delays.map(Math.round).slice(0, 4)).toEqual([500, 650, 845, 1099]);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.slice(-5)).toEqual([5000, 5000, 5000, 5000, 5000]);
  });

  it("wait for an answer 30 s at most, and never longer than the whole may take", async () => {
    const { end, limits } = play(["running", "running", "running", "succeed"], { timeoutSeconds: 45, callMs: 14_000 });
    await end;
    expect(limits).toEqual([30_000, 30_000, 45_000 - 28_000 - 500 - 650, 45_000 - 42_000 - 500 - 650 - 845]);
  });
});
