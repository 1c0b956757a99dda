import { acceptedTask } from "../../../support/acceptedTask";
import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { clockWith } from "../../support/clock";
import { waitForTask } from "../../../../provider/tencentcloud/redis/waitForTask";
import { TaskReader } from "../../../../provider/tencentcloud/redis/taskReader";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";

describe("a task that the service does not know by its id", () => {
  const unknown = new ApiError("DescribeTaskInfo", "InvalidParameter.InvalidParameter", "r1", "No.");
  const systemError = new ApiError("DescribeTaskInfo", "FailedOperation.SystemError", "r1", "No.");
  const notFound = new ApiError("DescribeTaskInfo", "ResourceNotFound", "r1", "No.");
  const denied = new ApiError("DescribeTaskList", "UnauthorizedOperation", "r1", "No.");
  const lostList = new TransportError("DescribeTaskList", "lost", "timed out");
  const listing = (Result: number) => ({
    Tasks: [
      { TaskId: 16656, Result: 2 },
      { TaskId: 16657, Result, StartTime: "2026-01-02 12:00:00", EndTime: "2026-01-02 12:00:05" },
    ],
  });
  const namesTask: unknown = expect.stringContaining("task 16657 of crs-5a4py64p ");
  const absent = { Tasks: [{ TaskId: 16656, Result: 2 }] };

  /** The lists to return in turn, or a function of the time and of the number of earlier lists after 10 s. */
  type Lists = readonly (object | Error)[] | ((nowMs: number, late: number) => object);

  /** Simulates a service that returns these outcomes for the task and these lists, the last ones forever. */
  function ask(reason: Error | readonly (Error | object)[], lists: Lists, timeoutSeconds = 60, acceptedAtMs = 5) {
    let nowMs = 0;
    const asked: string[] = [];
    let late = 0;
    const tell = (outcomes: readonly (object | Error)[], turn: number) => {
      const outcome = outcomes[Math.min(turn, outcomes.length - 1)];
      return outcome instanceof Error
        ? Promise.reject(outcome)
        : Promise.resolve({ RequestId: "r1", answeredAtMs: 5, ...outcome });
    };
    const client: Client = ({ action }) => {
      const turn = asked.filter((entry) => entry.startsWith(action)).length;
      asked.push(`${action} ${nowMs}`);
      if (action === "DescribeTaskInfo") return tell(reason instanceof Error ? [reason] : reason, turn);
      if (typeof lists !== "function") return tell(lists, turn);
      return tell([lists(nowMs, late++)], 0).finally(() => (late = nowMs < 10_000 ? 0 : late));
    };
    const clock = clockWith({ elapsedMs: () => nowMs, sleep: () => Promise.resolve(), alarm: () => () => undefined });
    const sleep = (delayMs: number) => Promise.resolve(void (nowMs += delayMs));
    const deadline = deadlineIn(timeoutSeconds, { ...clock, sleep });
    const task = acceptedTask({ requestId: "r9", acceptedAtMs });
    const end = waitForTask(client, task, deadline, new TaskReader(clock), new Redactor());
    return { end, lists: () => asked.filter((entry) => entry.startsWith("DescribeTaskList")), nowMs: () => nowMs };
  }

  it("is immediately unknown if it was accepted more than 10 s ago, however short the timeout", async () => {
    const { end, nowMs } = ask(unknown, [absent], 8, -20_000);
    await expect(end).rejects.toHaveProperty("name", "TaskUnknownError");
    expect(nowMs()).toBeLessThan(2000);
  });

  it.each([unknown, systemError, notFound].map((reason) => [reason.code, reason] as const))(
    "has succeeded if the list of the instance says so, with its times: %s",
    async (_, reason) => {
      const { end } = ask(reason, [listing(1), listing(0), listing(2)]);
      await expect(end).resolves.toEqual({
        status: "succeed",
        message: "",
        startTime: "2026-01-02 12:00:00",
        endTime: "2026-01-02 12:00:05",
        answeredAtMs: 5,
      });
    },
  );

  it.each([3, 4])("has failed if the list has the result %d", async (result) => {
    const { end } = ask(unknown, [listing(1), listing(result)]);
    await expect(end).rejects.toMatchObject({ name: "TaskError", message: namesTask, status: "failed" });
  });

  it("is running if the list says so, until the deadline", async () => {
    const { end } = ask(unknown, [listing(1)]);
    await expect(end).rejects.toMatchObject({ name: "TaskTimeoutError", message: namesTask });
  });

  it.each([unknown, systemError, notFound].map((reason) => [reason.code, reason] as const))(
    "is over if two lists lack it, 10 s after the beginning or later: %s",
    async (_, reason) => {
      const { end, lists } = ask(reason, [absent]);
      await expect(end).rejects.toMatchObject({
        name: "TaskUnknownError",
        message: "ResetPassword failed: task 16657 of crs-5a4py64p is unknown to the service (request r9)",
      });
      const times = lists().map((entry) => Number(entry.split(" ")[1]));
      expect(times.filter((time) => time >= 10_000)).toHaveLength(2);
    },
  );

  it("is not over if lists lacked it only in the first 10 s", async () => {
    const { end } = ask(unknown, [absent], 10);
    await expect(end).rejects.toMatchObject({ name: "TaskTimeoutError" });
  });

  it("is not over if a later list contains it, and the count begins again", async () => {
    const { end, lists } = ask(unknown, (nowMs, late) => (nowMs < 10_000 || late !== 1 ? absent : listing(1)));
    await expect(end).rejects.toMatchObject({ name: "TaskUnknownError" });
    const times = lists().map((entry) => Number(entry.split(" ")[1]));
    // One without it, the one that contains it, and two more without it.
    expect(times.filter((time) => time >= 10_000)).toHaveLength(4);
  });

  it("is not over if the service knows it again", async () => {
    const { end } = ask(
      [...Array<Error>(14).fill(unknown), { Status: "running" }, unknown, { Status: "succeed" }],
      [absent],
    );
    await expect(end).resolves.toMatchObject({ status: "succeed" });
  });

  it("is not over if the lists could not be read", async () => {
    const { end } = ask(unknown, [lostList]);
    await expect(end).rejects.toBe(lostList);
  });

  describe("and whose list is denied", () => {
    it.each([unknown, notFound].map((reason) => [reason.code, reason] as const))(
      "is over if both refusals are repeated, 10 s after the beginning or later: %s",
      async (_, reason) => {
        const { end } = ask(reason, [denied]);
        await expect(end).rejects.toMatchObject({ name: "TaskUnknownError" });
      },
    );

    it("may still be running if the service just has an error", async () => {
      const { end } = ask(systemError, [denied]);
      await expect(end).rejects.toBe(systemError);
    });
  });

  it.each(["InvalidParameter.PermissionDenied", "UnauthorizedOperation", "InvalidParameter", "InvalidParameterValue"])(
    "is not assumed after a refusal with the code %s, and no list is read",
    async (code) => {
      const refusal = new ApiError("DescribeTaskInfo", code, "r1", "No.");
      const { end, lists } = ask(refusal, [absent]);
      await expect(end).rejects.toBe(refusal);
      expect(lists()).toEqual([]);
    },
  );
});
