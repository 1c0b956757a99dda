import { adoptionBaseline, compareWithService, resetBaseline } from "../../../provider/resource/drift";
import { ApiError, TransportError } from "../../../provider/tencentcloud/errors/errors";
import type { Baseline, State } from "../../../provider/resource/state";
import type { Client } from "../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import type { Instance } from "../../../provider/tencentcloud/redis/describeInstance";

const instanceId = "crs-5a4py64p";

/** What the service tells. Times are those of one day, `hh:mm:ss`. */
interface Told {
  /** When root's password was last set. */
  readonly setAt?: string | Error;
  readonly resets?: readonly Task[];
  readonly accountChanges?: readonly Task[];
  readonly switches?: readonly Task[];
  /** Tasks that have not ended, resets or others. */
  readonly running?: readonly Task[];
  readonly failed?: readonly Task[];
  readonly list?: Error;
  readonly isPasswordFree?: boolean | Error;
}
type Task = readonly [taskId: number, startTime: string, endTime?: string];

const day = "2026-01-02";
const at = (time: string) => (time.includes(" ") || time === "" ? time : `${day} ${time}`);
const asTasks = (TaskType: string, Result: number, tasks: readonly Task[] = []) =>
  tasks.map(([TaskId, start, end]) => ({
    TaskId,
    InstanceId: instanceId,
    TaskType,
    Result,
    StartTime: at(start),
    ...(end !== undefined && { EndTime: at(end) }),
  }));

/** In the middle of that day, by the service's clock, whose zone is China's. */
const answeredAtMs = Date.UTC(2026, 0, 2, 16, 0, 0);

/** A service that tells this, and what it was asked. */
function serviceOf(told: Told) {
  const asked: string[] = [];
  const said: string[] = [];
  const answers: Record<string, () => object | Error> = {
    DescribeInstanceAccount: () =>
      told.setAt instanceof Error
        ? told.setAt
        : {
            Accounts: [
              { AccountName: "reader", PasswordLastModifiedTime: at("23:00:00") },
              { AccountName: "root", PasswordLastModifiedTime: at(told.setAt ?? "") },
            ],
          },
    DescribeTaskList: () =>
      told.list ?? {
        Tasks: [
          ...asTasks("007", 1, told.running),
          ...asTasks("007", 2, told.resets),
          ...asTasks("037", 2, told.accountChanges),
          ...asTasks("035", 2, told.switches),
          ...asTasks("007", 4, told.failed),
        ],
      },
    DescribeInstances: () =>
      told.isPasswordFree instanceof Error
        ? told.isPasswordFree
        : { InstanceSet: [{ InstanceId: instanceId, NoAuth: told.isPasswordFree ?? false }] },
  };
  const client: Client = ({ action }) => {
    asked.push(action);
    const answer = answers[action]?.() ?? new Error(`unexpected: ${action}`);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ RequestId: "r1", answeredAtMs, ...answer });
  };
  const note = (text: string) => void said.push(text);
  const log = { info: note, warn: note };
  return { service: { client, instanceId, deadline: deadlineIn(60), log }, asked, said };
}

const usable: Instance = { isPasswordFree: false, condition: "usable" };

/** Compares with a reset by task 100, which ran from 12:00:00 to 12:00:05, or with what else is recorded. */
async function compare(told: Told, baseline: Baseline = ourReset, instance: Instance | undefined = usable) {
  const { service, ...others } = serviceOf(told);
  const state: State = {
    stateVersion: 1,
    instanceId,
    region: "ap-guangzhou",
    triggers: {},
    status: "done",
    ...baseline,
  };
  return { ...(await compareWithService(service, state, instance)), ...others };
}

/** As older versions have recorded it. */
const ourReset: Baseline = { taskId: 100, taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };
const ours: Task = [100, "12:00:00"];
const oursWithEnd: Task = [100, "12:00:00", "12:00:05"];
/** As an older version has recorded it. */
const adoption: Baseline = { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };
const before: Task = [99, "12:00:00"];

const knowing = (newestTaskId: number, baseline: Baseline = ourReset): Baseline => ({ ...baseline, newestTaskId });
const adopted = (newestTaskId: number, time = "12:00:05"): Baseline => ({ passwordTime: at(time), newestTaskId });

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
    [
      "a reset that began later, and ended in the same second as ours",
      { resets: [oursWithEnd, [101, "12:00:04", "12:00:05"]] },
      setBySomebodyElse("12:00:05"),
      knowing(100),
    ],
    [
      "an older reset that ended in the same second, and was not known to have ended before ours was sent",
      { resets: [oursWithEnd, [99, "11:59:59", "12:00:05"]] },
      setBySomebodyElse("12:00:05"),
      knowing(98),
    ],
    [
      "an older reset that ended later, though a newer task had ended before",
      { resets: [oursWithEnd, [99, "11:59:59", "12:00:06"]] },
      setBySomebodyElse("12:00:06"),
      knowing(100),
    ],
    [
      "a newer task, where it is not known when ours ended",
      { resets: [[101, "12:00:00"], ours] },
      setBySomebodyElse("12:00:00"),
      knowing(100),
    ],
    [
      "a change of the account in the same second as our end, when the password was set",
      { setAt: "12:00:05", resets: [oursWithEnd], accountChanges: [[101, "12:00:04", "12:00:05"]] },
      setBySomebodyElse("12:00:05"),
      knowing(100),
    ],
    ["a newer task after an adoption", { resets: [[101, "12:00:01"]] }, setBySomebodyElse("12:00:01"), adopted(100)],
    [
      "a newer task after an adoption that was not told the time",
      { resets: [[101, "12:00:01"]] },
      setBySomebodyElse("12:00:01"),
      { newestTaskId: 100 },
    ],
    [
      "the first task of all after an adoption",
      { resets: [[1, "12:00:01"]] },
      setBySomebodyElse("12:00:01"),
      adopted(0),
    ],
    [
      "a later time after an adoption, whatever the tasks",
      { setAt: "12:00:06" },
      setBySomebodyElse("12:00:06"),
      adopted(100),
    ],
  ])("%s", async (_, service, expected, baseline = ourReset) => {
    await expect(compare(service, baseline)).resolves.toMatchObject({ reason: expected, said: [] });
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
    [
      "an earlier reset that ended in the same second, as was known before ours was sent",
      { setAt: "12:00:05", resets: [oursWithEnd, [99, "11:59:59", "12:00:05"]] },
      knowing(99),
    ],
    [
      "an older reset that ended before ours, though it was not known then",
      { resets: [oursWithEnd, [99, "11:59:59", "12:00:04"]] },
      knowing(98),
    ],
    [
      "a change of another account in the same second as our end",
      { setAt: "12:00:03", resets: [oursWithEnd], accountChanges: [[101, "12:00:04", "12:00:05"]] },
      knowing(100),
    ],
    ["a newer task that has failed", { resets: [oursWithEnd], failed: [[101, "12:00:06", "12:00:07"]] }, knowing(100)],
    [
      "the adopted instance's own last reset, however much its end and the time differ",
      { setAt: "12:00:05", resets: [[100, "12:00:00", "12:00:09"]] },
      adopted(100),
    ],
    ["that an adopted instance has no tasks", { setAt: "12:00:05" }, adopted(0)],
  ])("%s", async (_, service, baseline = ourReset) => {
    const { reason, said } = await compare(service, baseline);
    expect({ reason, said }).toEqual({ reason: undefined, said: [] });
  });
});

describe("password-free mode is drift", () => {
  it.each<[string, Told, Instance | undefined, string[]]>([
    ["where the instance was just seen so", {}, { ...usable, isPasswordFree: true }, []],
    [
      "where the instance is looked at now",
      { isPasswordFree: true },
      undefined,
      ["DescribeInstanceAccount", "DescribeTaskList", "DescribeInstances"],
    ],
    [
      "where a switch has ended since the instance was looked at",
      { isPasswordFree: true, switches: [[101, "12:00:06", "12:00:07"]] },
      usable,
      ["DescribeInstanceAccount", "DescribeTaskList", "DescribeInstances"],
    ],
  ])("%s", async (_, told, instance, asked) => {
    // Undefined is a value here.
    const { service, asked: sent } = serviceOf({ resets: [oursWithEnd], ...told });
    const state: State = { stateVersion: 1, instanceId, region: "r", triggers: {}, status: "done", ...knowing(100) };
    await expect(compareWithService(service, state, instance)).resolves.toMatchObject({
      reason: "password-free mode is on",
    });
    expect(sent).toEqual(asked);
  });

  it.each<[string, Told]>([
    ["where a switch was known before", { switches: [[99, "11:00:00", "11:00:01"]] }],
    ["where it was switched off again", { isPasswordFree: false, switches: [[101, "12:00:06", "12:00:07"]] }],
  ])("but not %s", async (_, told) => {
    const { reason } = await compare({ resets: [oursWithEnd], isPasswordFree: true, ...told }, knowing(100));
    expect(reason).toBeUndefined();
  });

  it("and fails where the instance itself cannot be looked at", async () => {
    const lost = new TransportError("DescribeInstances", "lost", "no answer in time");
    const { service } = serviceOf({ isPasswordFree: lost });
    const state: State = { stateVersion: 1, instanceId, region: "r", triggers: {}, status: "done", ...ourReset };
    await expect(compareWithService(service, state)).rejects.toBe(lost);
  });
});

it("the time and all tasks are asked for, once each", async () => {
  const { asked } = await compare({ setAt: "12:00:05", resets: [ours] });
  expect(asked).toEqual(["DescribeInstanceAccount", "DescribeTaskList"]);
});

describe("tasks that have not ended", () => {
  it.each<[string, readonly Task[], number[]]>([
    [
      "are told of",
      [
        [101, "12:00:06"],
        [102, "12:00:07"],
      ],
      [101, 102],
    ],
    ["are told of whatever their number", [[99, "11:59:00"]], [99]],
    ["are told of where it is not known when they began", [[101, ""]], [101]],
    ["are not told of where it is our own", [[100, "12:00:00"]], []],
    // The answer is of midnight there.
    ["are told of for a day", [[101, "00:00:00"]], [101]],
    ["are not told of after it", [[101, "2026-01-01 23:59:59"]], []],
  ])("%s", async (_, running, taskIds) => {
    const { unfinished, reason } = await compare({ running }, knowing(100));
    expect(unfinished.map(({ taskId }) => taskId)).toEqual(taskIds);
    expect(reason).toBeUndefined();
  });

  it("are told of beside drift", async () => {
    const { unfinished, reason } = await compare({ setAt: "14:07:00", running: [[101, "12:00:06"]] });
    expect(unfinished).toHaveLength(1);
    expect(reason).toBe(setBySomebodyElse("14:07:00"));
  });
});

describe("what is missing in the recorded baseline is completed", () => {
  it.each<[string, Told, Baseline, Baseline]>([
    ["with nothing where it is complete", { setAt: "12:00:06", resets: [oursWithEnd] }, knowing(99), knowing(99)],
    ["with both times of the list", { resets: [oursWithEnd] }, { taskId: 100, newestTaskId: 99 }, knowing(99)],
    [
      "with the newest task that has ended",
      { resets: [oursWithEnd], failed: [[99, "11:00:00"]], running: [[98, "13:00:00"]] },
      ourReset,
      knowing(100),
    ],
    ["with our own task where none is listed", {}, ourReset, knowing(100)],
    [
      "with the time of the account where ours is no longer listed",
      { setAt: "12:00:05" },
      { taskId: 100, newestTaskId: 100 },
      { taskId: 100, passwordTime: at("12:00:05"), newestTaskId: 100 },
    ],
    [
      "with the beginning only, where the list does not tell the end",
      { setAt: "12:00:05", resets: [ours] },
      { taskId: 100 },
      { taskId: 100, taskStartTime: at("12:00:00"), newestTaskId: 100 },
    ],
    ["with the time of the account after an adoption", { setAt: "12:00:05", resets: [before] }, {}, adopted(99)],
    ["with what there is where the service keeps no time", { resets: [before] }, {}, { newestTaskId: 99 }],
  ])("%s", async (_, told, recorded, expected) => {
    await expect(compare(told, recorded)).resolves.toHaveProperty("baseline", expected);
  });
});

describe("what the service does not tell", () => {
  const lost = new TransportError("DescribeInstanceAccount", "lost", "no answer in time");

  it.each<[string, Error, string]>([
    [
      "because it may not",
      refusal("DescribeInstanceAccount"),
      "DescribeInstanceAccount failed: No. (UnauthorizedOperation, request r1). " +
        "Grant the CAM action redis:DescribeInstanceAccount.",
    ],
    ["because the way there fails", lost, "DescribeInstanceAccount got no usable answer: no answer in time"],
  ])(
    "about the time is said, the tasks are compared all the same, and the baseline stays as it is: %s",
    async (_, setAt, reason) => {
      const said = [`when the password was last set could not be looked at: ${reason}`];
      const drifted = await compare({ setAt, resets: [ours, [101, "13:00:00"]] });
      expect(drifted).toMatchObject({ reason: setBySomebodyElse("13:00:00"), said });
      const same = await compare({ setAt, resets: [ours] });
      expect(same).toMatchObject({ unfinished: [], said });
      expect(same.reason).toBeUndefined();
      expect(same.baseline).toBeUndefined();
    },
  );

  it.each([
    ["a refusal", refusal("DescribeTaskList")],
    ["an answer that cannot be used", new TransportError("DescribeTaskList", "unusable", "no list")],
  ])(
    "about the tasks is said, the time is compared all the same, and the baseline stays as it is: %s",
    async (_, list) => {
      const said = [expect.stringMatching(/^which tasks have set the password could not be looked at: /)];
      expect(await compare({ setAt: "12:07:00", list })).toMatchObject({ reason: setBySomebodyElse("12:07:00"), said });
      const same = await compare({ setAt: "12:00:05", list });
      expect(same).toMatchObject({ unfinished: [], said });
      expect(same.reason).toBeUndefined();
      expect(same.baseline).toBeUndefined();
    },
  );
});

describe("what is recorded of an adoption is", () => {
  it.each<[string, Told, Baseline, boolean]>([
    [
      "when the password was set, and the newest task that has ended, whatever its kind and its end",
      {
        setAt: "12:00:05",
        resets: [[97, "11:00:00"], before],
        accountChanges: [[100, "11:00:00"]],
        failed: [[101, "11:00:00"]],
        running: [[102, "11:00:00"]],
      },
      adopted(101),
      true,
    ],
    ["that there was no task", { setAt: "12:00:05" }, adopted(0), true],
    ["no time where the service keeps none", { resets: [before] }, { newestTaskId: 99 }, true],
    [
      "no time where it is refused",
      { setAt: refusal("DescribeInstanceAccount"), resets: [before] },
      { newestTaskId: 99 },
      false,
    ],
    [
      "no task where the list is refused",
      { setAt: "12:00:05", list: refusal("DescribeTaskList") },
      { passwordTime: at("12:00:05") },
      false,
    ],
    [
      "nothing where all is refused",
      { setAt: refusal("DescribeInstanceAccount"), list: refusal("DescribeTaskList") },
      {},
      false,
    ],
  ])("%s", async (_, told, baseline, isComplete) => {
    await expect(adoptionBaseline(serviceOf(told).service)).resolves.toStrictEqual({ baseline, isComplete });
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
