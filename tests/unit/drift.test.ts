import { type Baseline, adoptionBaseline, driftOf, findDrift, lateBaseline, resetBaseline } from "../../provider/drift";
import { ApiError, TransportError } from "../../provider/errors";
import type { Client } from "../../provider/tencentcloud/client";
import { deadlineIn } from "../../provider/tencentcloud/deadline";

const instanceId = "crs-5a4py64p";

/** What the service tells. Times are those of one day, `hh:mm:ss`. */
interface Told {
  /** When root's password was last set. */
  readonly setAt?: string | Error;
  readonly resets?: readonly Task[] | Error;
  readonly accountChanges?: readonly Task[] | Error;
}
type Task = readonly [taskId: number, startTime: string, endTime?: string];

const day = "2026-01-02";
const asTasks = (tasks: readonly Task[]) =>
  tasks.map(([TaskId, start, end]) => ({
    TaskId,
    StartTime: `${day} ${start}`,
    ...(end !== undefined && { EndTime: `${day} ${end}` }),
    Result: 2,
  }));

/** A service that tells this, and what it was asked. */
function serviceOf(service: Told) {
  const asked: string[] = [];
  const told: string[] = [];
  const answers: Record<string, () => object | Error> = {
    DescribeInstanceAccount: () =>
      service.setAt instanceof Error
        ? service.setAt
        : {
            Accounts: [
              { AccountName: "reader", PasswordLastModifiedTime: `${day} 23:00:00` },
              { AccountName: "root", PasswordLastModifiedTime: service.setAt ? `${day} ${service.setAt}` : "" },
            ],
          },
    "DescribeTaskList 007": () => listOf(service.resets),
    "DescribeTaskList 037": () => listOf(service.accountChanges),
  };
  const client: Client = ({ action, parameters }) => {
    const { TaskTypes } = parameters as { TaskTypes?: string[] };
    const question = [action, ...(TaskTypes ?? [])].join(" ");
    asked.push(question);
    const answer = answers[question]?.() ?? new Error(`unexpected: ${question}`);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ RequestId: "r1", answeredAtMs: 0, ...answer });
  };
  const tell = (text: string) => void told.push(text);
  return { service: { client, instanceId, deadline: deadlineIn(60), tell }, asked, told };
}

/** Looks for drift after a reset by task 100, which ran from 12:00:00 to 12:00:05, or after what else is given. */
async function look(told: Told, baseline: Baseline = ourReset) {
  const { service, ...others } = serviceOf(told);
  return { drift: await findDrift(service, baseline), ...others };
}

const listOf = (tasks: readonly Task[] | Error = []): object | Error =>
  tasks instanceof Error ? tasks : { TotalCount: tasks.length, Tasks: asTasks(tasks) };

const ourReset: Baseline = { taskId: 100, taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };
const ours: Task = [100, "12:00:00"];
const oursWithEnd: Task = [100, "12:00:00", "12:00:05"];
const adoption: Baseline = { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };
const before: Task = [99, "12:00:00"];

const refusal = (action: string) => new ApiError(action, "UnauthorizedOperation", "r1", "No.");

const setBySomebodyElse = (time: string) =>
  `somebody else, or a run that was killed, set the password at ${day} ${time}, the service's time`;

describe("drift is", () => {
  it.each<[string, Told, string, Baseline?]>([
    ["a password that was set much later", { setAt: "12:01:06" }, setBySomebodyElse("12:01:06")],
    [
      "a later reset, where the service keeps no time",
      { resets: [[101, "12:00:09"], ours] },
      setBySomebodyElse("12:00:09"),
    ],
    [
      "a later reset, where the time does not move with resets",
      { setAt: "11:00:00", resets: [ours, [101, "12:00:09"]] },
      setBySomebodyElse("12:00:09"),
    ],
    [
      "a reset within the tolerance of the times",
      { setAt: "12:00:08", resets: [[101, "12:00:07"], ours] },
      setBySomebodyElse("12:00:07"),
    ],
    [
      "a reset that began in the same second as ours, after it",
      { setAt: "12:00:04", resets: [ours, [101, "12:00:00"]] },
      setBySomebodyElse("12:00:00"),
    ],
    ["a reset that is listed where ours no longer is", { resets: [[999, "14:00:00"]] }, setBySomebodyElse("14:00:00")],
    [
      "a change of the account right after our reset",
      {
        setAt: "12:00:08",
        resets: [ours],
        accountChanges: [
          [150, "13:00:00"],
          [101, "12:00:07"],
        ],
      },
      setBySomebodyElse("12:00:08"),
    ],
    [
      "a reset that began before ours and ended after it",
      { setAt: "12:00:09", resets: [[99, "11:59:59", "12:00:09"], oursWithEnd] },
      setBySomebodyElse("12:00:09"),
    ],
    [
      "a change of the account right after our reset, which was seen to end much later",
      { setAt: "12:00:06", resets: [oursWithEnd], accountChanges: [[101, "12:00:05", "12:00:06"]] },
      setBySomebodyElse("12:00:06"),
      { ...ourReset, passwordTime: `${day} 14:00:00` },
    ],
    [
      "a change of the account by exactly as much later as time zones differ",
      { setAt: "13:00:05", resets: [oursWithEnd], accountChanges: [[101, "13:00:04", "13:00:05"]] },
      setBySomebodyElse("13:00:05"),
    ],
    [
      "a time that is later than time zones can explain",
      { setAt: "23:59:05" },
      setBySomebodyElse("23:59:05"),
      { taskId: 1, taskStartTime: `${day} 00:00:00`, passwordTime: `${day} 00:00:05` },
    ],
    [
      "a change of the account long before our reset was seen to end",
      { setAt: "13:07:00", resets: [oursWithEnd] },
      setBySomebodyElse("13:07:00"),
      { ...ourReset, passwordTime: `${day} 14:00:00` },
    ],
    [
      "a reset after an adoption, where the time does not move with resets",
      { setAt: "12:00:05", resets: [[101, "12:00:01"], before] },
      setBySomebodyElse("12:00:01"),
      adoption,
    ],
    [
      "the first reset after an adoption, where the service keeps no time",
      { resets: [[101, "12:00:01"]] },
      setBySomebodyElse("12:00:01"),
      { taskStartTime: "1970-01-01 00:00:00" },
    ],
    ["any later time after an adoption", { setAt: "12:00:06" }, setBySomebodyElse("12:00:06"), adoption],
    [
      "any later time after an adoption that was not told of the tasks",
      { setAt: "12:00:06", resets: [[101, "11:00:00"]] },
      setBySomebodyElse("12:00:06"),
      { passwordTime: `${day} 12:00:05` },
    ],
    [
      "a reset that began in the same second as ours, where ours is no longer listed",
      { resets: [[101, "12:00:00"]] },
      setBySomebodyElse("12:00:00"),
    ],
    [
      "a later reset whose end is known, where that of ours is not",
      { resets: [[101, "12:00:09", "12:00:12"], ours] },
      setBySomebodyElse("12:00:12"),
    ],
  ])("%s", async (_, service, expected, baseline = ourReset) => {
    await expect(look(service, baseline)).resolves.toMatchObject({ drift: expected, told: [] });
  });
});

describe("no drift is", () => {
  it.each<[string, Told, Baseline?]>([
    ["the time of our own reset", { setAt: "12:00:05", resets: [ours] }],
    ["a time during our own reset", { setAt: "12:00:00", resets: [ours] }],
    ["no time, and our own reset the last", { resets: [ours] }],
    ["no time, and all tasks forgotten", { resets: [] }],
    ["a time that does not move with resets", { setAt: "09:00:00", resets: [ours] }],
    ["an earlier reset", { setAt: "12:00:05", resets: [ours, [99, "11:00:00"]] }],
    ["an earlier reset in the same second", { setAt: "12:00:05", resets: [ours, [99, "12:00:00"]] }],
    ["the service's machines disagreeing by a minute", { setAt: "12:01:05", resets: [ours], accountChanges: [] }],
    [
      "a change of the account long after, while the machines disagree",
      { setAt: "12:00:08", resets: [ours], accountChanges: [[150, "13:00:00"]] },
    ],
    [
      "a change of the account before, while the machines disagree",
      { setAt: "12:00:08", resets: [ours], accountChanges: [[99, "11:59:59"]] },
    ],
    [
      "a time in another zone than those of the tasks",
      { setAt: "20:00:06", resets: [oursWithEnd], accountChanges: [[101, "15:00:00", "15:00:01"]] },
    ],
    [
      "a time as far ahead as time zones can be",
      { setAt: "14:00:05" },
      { taskId: 1, taskStartTime: `${day} 00:00:00`, passwordTime: `${day} 00:00:05` },
    ],
    [
      "a change of another account soon after, while the machines disagree",
      { setAt: "12:00:06", resets: [oursWithEnd], accountChanges: [[101, "12:00:20", "12:00:21"]] },
    ],
    [
      "a reset that began after ours and ended before it",
      { setAt: "12:00:05", resets: [oursWithEnd, [101, "12:00:01", "12:00:03"]] },
    ],
    ["the same time after an adoption", { setAt: "12:00:05", resets: [before] }, adoption],
    ["an earlier time after an adoption", { setAt: "12:00:04" }, adoption],
    ["no time any more after an adoption", {}, adoption],
    ["anything where nothing is known of the reset", {}, {}],
    ["a reset, where it is not known when the one before began", { resets: [before] }, { passwordTime: "" }],
  ])("%s", async (_, service, baseline = ourReset) => {
    await expect(look(service, baseline)).resolves.toMatchObject({ drift: undefined, told: [] });
  });
});

describe("no more is asked than is needed", () => {
  it.each<[string, Told, string[], Baseline?]>([
    ["nothing where nothing is known of the reset", {}, [], {}],
    [
      "the time and the resets",
      { setAt: "12:00:05", resets: [ours] },
      ["DescribeInstanceAccount", "DescribeTaskList 007"],
    ],
    ["the same after an adoption", {}, ["DescribeInstanceAccount", "DescribeTaskList 007"], adoption],
    [
      "the same after an adoption that was not told the time",
      { setAt: "12:00:06" },
      ["DescribeInstanceAccount", "DescribeTaskList 007"],
      { taskStartTime: `${day} 12:00:00` },
    ],
    [
      "the changes of the account, when the time is later by less than the tolerance",
      { setAt: "12:00:06", resets: [ours] },
      ["DescribeInstanceAccount", "DescribeTaskList 007", "DescribeTaskList 037"],
    ],
  ])("%s", async (_, service, expected, baseline = ourReset) => {
    await expect(look(service, baseline)).resolves.toMatchObject({ asked: expected });
  });
});

describe("what the service refuses to tell", () => {
  it("about the time is said, and the tasks are asked for", async () => {
    const setAt = refusal("DescribeInstanceAccount");
    await expect(look({ setAt, resets: [ours, [101, "13:00:00"]] })).resolves.toMatchObject({
      drift: setBySomebodyElse("13:00:00"),
      told: [
        "when the password was last set could not be looked at: DescribeInstanceAccount failed: No. " +
          "(UnauthorizedOperation, request r1); grant the CAM action redis:DescribeInstanceAccount on this instance",
      ],
    });
  });

  it("about the tasks is said, and is no drift", async () => {
    const resets = refusal("DescribeTaskList");
    const { drift, told } = await look({ setAt: "12:00:05", resets });
    expect(drift).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^which tasks have set the password could not be looked at: /)]);
  });

  it("about the changes of the account is said, and is no drift", async () => {
    const accountChanges = refusal("DescribeTaskList");
    const { drift, told } = await look({ setAt: "12:00:08", resets: [ours], accountChanges });
    expect(drift).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^which tasks have set the password could not be looked at: /)]);
  });

  it("because of the way there fails", async () => {
    const lost = new TransportError("DescribeInstanceAccount", "lost", "no answer in time");
    await expect(look({ setAt: lost })).rejects.toBe(lost);
  });
});

describe("what is recorded of an adoption is", () => {
  it.each<[string, Told, Baseline]>([
    [
      "when the password was set, and when the last reset began",
      { setAt: "12:00:05", resets: [[98, "11:00:00"], before, [97, "10:00:00"]] },
      adoption,
    ],
    [
      "that there was no reset",
      { setAt: "12:00:05" },
      { taskStartTime: "1970-01-01 00:00:00", passwordTime: `${day} 12:00:05` },
    ],
    ["no more than the service tells", { resets: [before] }, { taskStartTime: `${day} 12:00:00` }],
    [
      "nothing that it refuses to tell",
      { setAt: refusal("DescribeInstanceAccount"), resets: refusal("DescribeTaskList") },
      {},
    ],
  ])("%s", async (_, told, expected) => {
    await expect(adoptionBaseline(serviceOf(told).service)).resolves.toStrictEqual(expected);
  });
});

describe("what is recorded of a reset", () => {
  const acceptedAtMs = Date.UTC(2026, 0, 2, 4, 0, 0);

  it.each<[string, string, number, Baseline]>([
    [
      "its beginning and its end",
      `${day} 12:00:00`,
      5000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` },
    ],
    [
      "an end no earlier than its beginning",
      `${day} 12:00:00`,
      -9000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:00` },
    ],
    ["nothing, where the service does not tell its beginning", "", 5000, {}],
    ["nothing, where it tells it in other words", "yesterday", 5000, {}],
    ["nothing, where its clock is beyond all calendars", `${day} 12:00:00`, 8.64e15 - acceptedAtMs, {}],
    ["nothing, where the time of its acceptance is none", `${day} 12:00:00`, NaN, {}],
  ])("is %s", (_, startTime, tookMs, expected) => {
    expect(resetBaseline({ startTime, answeredAtMs: acceptedAtMs + tookMs }, acceptedAtMs)).toStrictEqual(expected);
  });

  it.each<[string, string, Baseline]>([
    [
      "its end, where the list tells it",
      `${day} 12:00:00`,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:03` },
    ],
    ["nothing, where the list tells no more than its end", "", {}],
  ])("is %s", (_, startTime, expected) => {
    const task = { startTime, endTime: `${day} 12:00:03`, answeredAtMs: acceptedAtMs + 5000 };
    expect(resetBaseline(task, acceptedAtMs)).toStrictEqual(expected);
  });
});

describe("what is recorded of a reset that an earlier run has begun", () => {
  const startTime = `${day} 12:00:00`;
  const begun = { taskStartTime: startTime };

  it.each<[string, Told["resets"], string, Baseline]>([
    [
      "its beginning, and its end as the list tells it",
      [[101, "12:00:01", "12:00:09"], oursWithEnd],
      startTime,
      { ...begun, passwordTime: `${day} 12:00:05` },
    ],
    ["its beginning, where the list does not tell its end", [ours], startTime, begun],
    ["its beginning, where it is not listed", [[101, "12:00:01", "12:00:09"]], startTime, begun],
    ["its beginning, where nobody may see the list", refusal("DescribeTaskList"), startTime, begun],
    ["its end, where its beginning is not told", [oursWithEnd], "", { passwordTime: `${day} 12:00:05` }],
  ])("is %s", async (_, resets, begin, expected) => {
    const { service } = serviceOf({ resets });
    await expect(lateBaseline(service, 100, { startTime: begin })).resolves.toStrictEqual(expected);
  });
});

it.each<[string, Parameters<typeof driftOf>[1], string | undefined]>([
  ["is in password-free mode", { isPasswordFree: true }, "password-free mode is on"],
  ["is as it was", { isPasswordFree: false }, undefined],
  ["is not there", undefined, undefined],
])("where an instance %s, its drift is told from that, too", async (_, instance, expected) => {
  const { service } = serviceOf({ setAt: "12:00:05", resets: [ours] });
  await expect(driftOf(service, instance, ourReset)).resolves.toBe(expected);
});
