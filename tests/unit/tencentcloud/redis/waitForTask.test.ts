import { inspect } from "node:util";

import { acceptedTask } from "../../../support/acceptedTask";
import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { Call, Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { VirtualTime } from "../../../../tools/virtualTime";
import { clockWith } from "../../support/clock";
import { waitForTask } from "../../../../provider/tencentcloud/redis/waitForTask";
import { TaskReader } from "../../../../provider/tencentcloud/redis/taskReader";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";

type Turn = string | Error | { readonly status: string; readonly message: string };

/** Simulates a service that returns these statuses in turn, the last one forever, on a clock that only waiting advances. */
function play(
  turns: Turn[],
  { timeoutSeconds = 600, callMs = 0, lastDurationsMs = [] as number[], redactor = new Redactor() } = {},
) {
  let nowMs = 1_000_000;
  const delays: number[] = [];
  const calls: Call[] = [];
  const rest = [...turns];
  const client: Client = (call) => {
    calls.push(call);
    nowMs += callMs;
    const turn = (rest.length > 1 ? rest.shift() : rest[0]) as Turn;
    if (turn instanceof Error) return Promise.reject(turn);
    const { status, message } = typeof turn === "string" ? { status: turn, message: "" } : turn;
    return Promise.resolve({ RequestId: "r1", answeredAtMs: 5, Status: status, TaskMessage: message });
  };
  const sleep = (delayMs: number) => {
    delays.push(delayMs);
    nowMs += delayMs;
    return Promise.resolve();
  };
  const deadline = deadlineIn(timeoutSeconds, clockWith({ elapsedMs: () => nowMs, sleep }));
  const reader = new TaskReader(clockWith({ elapsedMs: () => nowMs, sleep: () => Promise.resolve() }));
  for (const durationMs of lastDurationsMs) reader.recordDuration(durationMs);
  return { end: waitForTask(client, acceptedTask(), deadline, reader, redactor), delays, calls, deadline };
}

const lostAnswer = new TransportError("DescribeTaskInfo", "lost", "timed out");

it.each<[string, Turn[], number]>([
  ["on the first poll if the task has succeeded", ["succeed"], 1],
  ["on the poll that finds the task succeeded", ["preparing", "running", "running", "succeed"], 4],
  ["on a status in any letter case", ["PREPARING", "Running", "SUCCEED"], 3],
  ["even if responses are lost between polls", ["running", lostAnswer, lostAnswer, "succeed"], 4],
  ["even if the first response is lost", [lostAnswer, "succeed"], 2],
])("waiting for a task ends %s", async (_, turns, polls) => {
  const { end, calls, delays } = play(turns);
  await end;
  expect(calls).toHaveLength(polls);
  expect(delays).toHaveLength(polls - 1);
});

describe("waiting ends immediately", () => {
  const endedAs = (status: string, message = "the service gave no message") =>
    `ResetPassword failed: task 16657 of crs-5a4py64p ended as ${status}: ${message} (request r1). This reset changed nothing: run \`pulumi up\` to send the password again.`;

  it.each([
    ["the status failed", "failed", endedAs("failed")],
    ["the status error", "error", endedAs("error")],
    ["the status FAILED in upper case", "FAILED", endedAs("failed")],
    ["the status failed and a reason", { status: "failed", message: "Proxy\nbusy." }, endedAs("failed", "Proxy busy.")],
  ])("when the task ends with %s", async (_, turn, message) => {
    const { end, calls } = play(["running", turn, "succeed"]);
    await expect(end).rejects.toMatchObject({ name: "TaskError", message });
    expect(calls).toHaveLength(2);
  });

  it("without the secrets of the session in the error, not even a part of one", async () => {
    const redactor = new Redactor([new Secret("zy456987-first"), new Secret("another-pw-2")]);
    const message = "Cannot set zy456987-first, nor other-pw-.";
    const { end } = play([{ status: "failed", message }], { redactor });
    const error: unknown = await end.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "TaskError",
      message: endedAs("failed", "Cannot set [secret], nor [secret]."),
    });
    expect(inspect(error, { showHidden: true, depth: null })).not.toMatch(/zy456987|other-pw/);
  });

  it("when the service refuses the request", async () => {
    const refusal = new ApiError("DescribeTaskInfo", "AuthFailure.SecretIdNotFound", "r1", "No.");
    const { end, calls } = play(["running", refusal, "succeed"]);
    await expect(end).rejects.toBe(refusal);
    expect(calls).toHaveLength(2);
  });
});

describe("waiting ends at the deadline", () => {
  it("with the last reason for a missing response", async () => {
    const otherLoss = new TransportError("DescribeTaskInfo", "lost", "HTTP status 503");
    const { end } = play(["running", otherLoss, otherLoss, lostAnswer], { timeoutSeconds: 10 });
    await expect(end).rejects.toBe(lostAnswer);
  });

  it("with that reason, even if the last request gets no response", async () => {
    const lostOnce = jest.fn<Promise<never>, []>(() => new Promise(() => {}));
    lostOnce.mockRejectedValueOnce(new TransportError("DescribeTaskInfo", "lost", "HTTP status 503"));
    const time = new VirtualTime();
    const clock = time.forProcess();
    const end = waitForTask(lostOnce, acceptedTask(), deadlineIn(10, clock), new TaskReader(clock), new Redactor());
    await expect(time.until(end)).rejects.toMatchObject({ outcome: "lost", message: lostAnswer.message });
  });

  it.each<[string, Turn[]]>([
    ["if the task is still running", ["running"]],
    ["if the task is still running after lost responses", [lostAnswer, lostAnswer, "running"]],
    ["if only the last response was lost", ["running", lostAnswer]],
    ["if the only response was lost", [lostAnswer]],
  ])("%s", async (_, turns) => {
    // Long enough for the last response to be requested.
    const timeoutSeconds = turns.length / 2;
    const { end } = play(turns, { timeoutSeconds });
    await expect(end).rejects.toMatchObject({
      name: "TaskTimeoutError",
      message: `ResetPassword timed out: task 16657 of crs-5a4py64p was still running after ${timeoutSeconds} s (request r1)`,
    });
  });

  it.each([0.01, 10, 600])("after exactly %d s", async (timeoutSeconds) => {
    const { end, delays } = play(["running"], { timeoutSeconds });
    await expect(end).rejects.toThrow("still running");
    const waitedMs = delays.reduce((sum, delayMs) => sum + delayMs, 0);
    expect(waitedMs).toBeCloseTo(timeoutSeconds * 1000, 3);
  });

  it("and a slow last response does not extend the wait", async () => {
    const { end, delays } = play(["running"], { timeoutSeconds: 1, callMs: 1500 });
    await expect(end).rejects.toThrow("still running");
    expect(delays).toEqual([0]);
  });
});

describe("polls", () => {
  it("are half a second apart at first, then late by at most 15 % of the time so far, up to 5 s", async () => {
    const { end, delays } = play([...Array<string>(30).fill("running"), "succeed"]);
    await end;
    expect(delays.slice(0, 9).map(Math.round)).toEqual([500, 500, 500, 500, 500, 500, 500, 525, 604]);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.slice(-3)).toEqual([5000, 5000, 5000]);
  });

  it.each<[string, number[], number[]]>([
    ["immediately if no task has ended before", [], [500]],
    ["shortly before the shortest duration of the last tasks", [4000, 3000, 9000], [2910, 500]],
    ["after 10 s if tasks take longer, and continue when they usually end", [13_000], [10_000, 2610, 1891.5]],
    ["immediately if one of the last tasks ended immediately", [3000, 0], [500, 500]],
    ["by the durations of the last 20 tasks only", [0, ...Array<number>(20).fill(2000)], [1940, 500]],
  ])("begin %s", async (_, lastDurationsMs, expected) => {
    const { end, delays } = play(["running", "running", "running", "succeed"], { lastDurationsMs });
    await end;
    expect(delays.slice(0, expected.length)).toEqual(expected);
  });

  it("are sent at least once, however long tasks usually take", async () => {
    const { end, delays } = play(["succeed"], { lastDurationsMs: [60_000], timeoutSeconds: 2 });
    await end;
    expect(delays).toEqual([1000]);
  });

  it("may each take until the deadline", async () => {
    const { end, calls, deadline } = play(["running", "succeed"]);
    await end;
    const call = { action: "DescribeTaskInfo", parameters: { TaskId: 16657 }, deadline, patienceMs: 3000 };
    expect(calls).toEqual([call, call]);
    expect(calls.every((each) => each.deadline === deadline)).toBe(true);
  });
});
