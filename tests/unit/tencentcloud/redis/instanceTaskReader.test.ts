import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { InstanceTaskReader } from "../../../../provider/tencentcloud/redis/instanceTaskReader";
import { VirtualTime } from "../../../../tools/virtualTime";

interface Entry {
  readonly id: number;
  readonly instanceId: string;
  readonly result: number;
}

interface Parameters {
  readonly InstanceId?: string;
  readonly Result?: readonly number[];
}

/** Simulates a region with these tasks and slow responses, and a reader, in virtual time that passes only while all wait. */
function play(entries: readonly Entry[] = [], failures: Error[] = [], answerMs = 0) {
  const time = new VirtualTime();
  const clock = time.forProcess();
  const asked: string[] = [];
  const client: Client = async ({ action, parameters, patienceMs }) => {
    const { InstanceId, Result } = parameters as Parameters;
    asked.push(`${time.elapsedMs}: ${InstanceId ?? "region"}${Result ? " unfinished" : ""}`);
    expect({ action, patienceMs }).toEqual({ action: "DescribeTaskList", patienceMs: 5000 });
    if (answerMs > 0) await time.sleep(answerMs);
    const failure = failures.shift();
    if (failure) throw failure;
    const found = entries.filter(
      ({ instanceId, result }) =>
        (InstanceId === undefined || InstanceId === instanceId) && (Result === undefined || Result.includes(result)),
    );
    const Tasks = found.map(({ id, instanceId, result }) => ({ TaskId: id, InstanceId: instanceId, Result: result }));
    return { RequestId: "r1", answeredAtMs: 5, Tasks };
  };
  const reader = new InstanceTaskReader(clock);
  const read = (instanceId: string, notBefore = time.elapsedMs, seconds = 600) =>
    reader.read(client, instanceId, notBefore, deadlineIn(seconds, clock));
  /** Reads the tasks of all instances at once, and returns each outcome. */
  const readAll = (instanceIds: readonly string[], notBefore?: number) => {
    return time.until(Promise.allSettled(instanceIds.map((instanceId) => read(instanceId, notBefore))));
  };
  return { asked, read, readAll, time };
}

const four = ["crs-a", "crs-b", "crs-c", "crs-d"];
const entries: readonly Entry[] = [
  { id: 1, instanceId: "crs-a", result: 1 },
  { id: 2, instanceId: "crs-a", result: 2 },
  { id: 3, instanceId: "crs-a", result: 4 },
  { id: 4, instanceId: "crs-b", result: 0 },
  { id: 5, instanceId: "crs-c", result: 2 },
  { id: 6, instanceId: "crs-c", result: 1 },
];
const numbers = (tasks: readonly { taskId: number }[] = []) => tasks.map(({ taskId }) => taskId);
const told = (result: PromiseSettledResult<{ unfinished: readonly { taskId: number }[] }> | undefined) =>
  result?.status === "fulfilled" ? numbers(result.value.unfinished) : (result?.reason as unknown);

describe("few instances", () => {
  it("are read individually, including finished tasks", async () => {
    const { readAll, asked } = play(entries);
    const [a, b] = await readAll(["crs-a", "crs-b"]);
    expect(asked).toEqual(["0: crs-a", "0: crs-b"]);
    expect(a).toMatchObject({
      value: { answeredAtMs: 5, unfinished: [{ taskId: 1 }], finished: [{ taskId: 2 }, { taskId: 3 }] },
    });
    expect(b).toMatchObject({ value: { unfinished: [{ taskId: 4 }], finished: [] } });
  });

  it("are read again each time", async () => {
    const { readAll, asked } = play(entries);
    await readAll(["crs-a"]);
    await readAll(["crs-a"]);
    await readAll(["crs-b"]);
    expect(asked).toEqual(["0: crs-a", "0: crs-a", "0: crs-b"]);
  });
});

describe("more instances", () => {
  it("share one list of unfinished tasks in the region, and each gets its own", async () => {
    const { readAll, asked } = play(entries);
    const [a, b, c, d] = await readAll(four);
    expect(asked.sort()).toEqual(["0: crs-a", "0: crs-b", "0: region unfinished"]);
    expect([a, b, c, d].map(told)).toEqual([[1], [4], [6], []]);
    expect(c).not.toHaveProperty("value.finished");
    expect(c).toHaveProperty("value.answeredAtMs", 5);
  });

  it("also share the next one, at most one per second", async () => {
    const { readAll, asked, time } = play(entries);
    await readAll(four);
    await readAll(four, 1);
    expect(time.elapsedMs).toBe(1000);
    await readAll(four, 1001);
    expect(asked.slice(2)).toEqual(["0: region unfinished", "1000: region unfinished", "2000: region unfinished"]);
  });

  it.each([-5000, 0])(
    "need no request if the last list was requested late enough (not before %d ms)",
    async (notBefore) => {
      const { readAll, asked } = play(entries);
      await readAll(four);
      const [a] = await readAll(four, notBefore);
      expect(told(a)).toEqual([1]);
      expect(asked).toHaveLength(3);
    },
  );

  it("do not get a response that was requested earlier, even if it arrived later", async () => {
    const { readAll, read, asked, time } = play(entries, [], 700);
    await readAll(four);
    expect(time.elapsedMs).toBe(700);
    // The list requested at 1000 ms is in flight at 1300 ms, and does not show the tasks of that time.
    const first = read("crs-c", 700);
    const second = time.sleep(600).then(() => read("crs-c", 1300));
    await time.until(Promise.all([first, second]));
    expect(asked.slice(3)).toEqual(["1000: region unfinished", "2000: region unfinished"]);
  });

  it("all get an error, and the next read asks again", async () => {
    const lost = new TransportError("DescribeTaskList", "lost", "timed out");
    // The first two instances are read individually.
    const { readAll } = play(entries, [lost, lost, lost]);
    expect((await readAll([...four, "crs-e"])).map(told)).toEqual([lost, lost, lost, lost, lost]);
    expect((await readAll(["crs-c"])).map(told)).toEqual([[6]]);
  });
});

describe("a deadline that passes while others wait for the same list", () => {
  it("ends only the wait of its own caller", async () => {
    const { readAll, read, time } = play(entries, [], 2000);
    await readAll(["crs-a", "crs-b"]);
    const reads = Promise.allSettled([read("crs-c", time.elapsedMs, 1), read("crs-d"), read("crs-a")]);
    const [late, ...others] = await time.until(reads);
    const message = "DescribeTaskList got no usable answer: timed out";
    expect(late).toMatchObject({ reason: { name: "TransportError", outcome: "lost", message } });
    expect(others.map(told)).toEqual([[], [1]]);
  });
});

describe("a refusal", () => {
  const refusal = (code: string) => new ApiError("DescribeTaskList", code, "r1", "No.");

  it.each([
    "UnauthorizedOperation",
    "UnauthorizedOperation.NoCAMAuthed",
    "AuthFailure.UnauthorizedOperation",
    "InvalidParameter.PermissionDenied",
  ])("for lack of a permission is remembered, and nothing is requested again: %s", async (code) => {
    const error = refusal(code);
    const { readAll, asked } = play(entries, [error]);
    expect((await readAll(["crs-a"])).map(told)).toEqual([error]);
    expect((await readAll(four)).map(told)).toEqual([error, error, error, error]);
    expect(asked).toHaveLength(1);
  });

  it.each(["FailedOperation.SystemError", "RequestLimitExceeded", "InternalError"])(
    "that is temporary is not remembered: %s",
    async (code) => {
      const { readAll, asked } = play(entries, [refusal(code)]);
      await readAll(["crs-a"]);
      expect((await readAll(["crs-a"])).map(told)).toEqual([[1]]);
      expect(asked).toHaveLength(2);
    },
  );

  it.each(["ResourceNotFound.InstanceNotExists", "InvalidParameterValue", "FailedOperation.UnSupportError"])(
    "of one instance does not affect the others: %s",
    async (code) => {
      const { readAll } = play(entries, [refusal(code)]);
      await readAll(["crs-unknown"]);
      expect((await readAll(["crs-a"])).map(told)).toEqual([[1]]);
    },
  );
});
