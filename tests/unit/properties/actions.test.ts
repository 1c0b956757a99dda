import { acceptedTask } from "../../support/acceptedTask";
import fc from "fast-check";

import { fingerprint } from "../../../provider/resource/contract/fingerprint";
import { check, create, setEnvironment } from "../support/handlers";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../../provider/tencentcloud/redis/describeInstance";
import { describeAccounts } from "../../../provider/tencentcloud/redis/describeInstanceAccount";
import { listInstanceTasks } from "../../../provider/tencentcloud/redis/describeTaskList";
import { resetPassword } from "../../../provider/tencentcloud/redis/resetPassword";
import { TaskReader } from "../../../provider/tencentcloud/redis/taskReader";
import { waitForTask } from "../../../provider/tencentcloud/redis/waitForTask";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../../support/credentials";
import { createSleepClock } from "../support/clock";
import "../support/errorsOfNode";
import { captureOutput } from "../support/output";
import { answerFields, anyAnswer } from "./support/answers";
import { anyText, canary, secretPassword } from "./support/arbitraries";
import { holds } from "./support/property";
import { type RawServer, http, startRawServer } from "./support/rawServer";
import { expectOwnError, expectReadable, shown } from "./support/shown";
import { spelling } from "./support/spellings";
import { standaloneClient } from "../../support/standaloneClient";

const output = captureOutput();

let server: RawServer;
beforeAll(async () => {
  server = await startRawServer();
});
beforeEach(() => {
  setEnvironment({
    TENCENTCLOUD_REDIS_ENDPOINT: server.url.href,
    TENCENTCLOUD_SECRET_ID: "AKIDofCreations",
    TENCENTCLOUD_SECRET_KEY: `${canary}-key`,
    TENCENTCLOUD_TOKEN: `${canary}-token`,
  });
});
afterAll(() => server.stop());

const instanceId = "crs-5a4py64p";
const region = "ap-guangzhou";

const clock = createSleepClock();
const client = () => {
  const key = { secretId: "AKIDofActions", secretKey: `${canary}-key`, token: `${canary}-token` };
  const credentials = () => Promise.resolve(credentialsWith(key));
  return standaloneClient({ endpoint: server.url, region, credentials, clock });
};
const deadline = () => deadlineIn(2, clock);

/** All requests of this package to the API, and the required result of each valid response. */
const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  ResetPassword: async () => {
    const password = new Secret(`${canary}-pw-1`);
    const accepted = await resetPassword(client(), { instanceId, password }, deadline());
    const { taskId } = accepted;
    // An invalid task id is left out: the reset is accepted all the same.
    expect("taskId" in accepted).toBe(taskId !== undefined);
    if (taskId !== undefined) expect(Number.isSafeInteger(taskId) && taskId > 0).toBe(true);
    expect(accepted).toMatchObject({
      requestId: expect.any(String) as unknown,
      acceptedAtMs: expect.any(Number) as unknown,
    });
  },
  DescribeTaskInfo: async () =>
    expect(
      await waitForTask(client(), acceptedTask({ taskId: 1 }), deadline(), new TaskReader(clock), new Redactor()),
    ).toHaveProperty("status", "succeed"),
  DescribeTaskList: async () => {
    for (const task of (await listInstanceTasks(client(), instanceId, deadline())).tasks) {
      expect(task).toEqual({
        taskId: expect.any(Number) as unknown,
        instanceId: expect.any(String) as unknown,
        type: expect.any(String) as unknown,
        status: expect.stringMatching(/^(running|succeed|ended)$/) as unknown,
        startTime: expect.any(String) as unknown,
        endTime: expect.any(String) as unknown,
      });
    }
  },
  DescribeInstances: async () => {
    const instance = await describeInstance(client(), instanceId, deadline());
    expect([undefined, true, false]).toContain(instance?.isPasswordFree);
    expect([undefined, "usable", "isolated", "to be deleted"]).toContain(instance?.condition);
  },
  DescribeInstanceAccount: async () => {
    const accounts = await describeAccounts(client(), instanceId, deadline());
    for (const { passwordTime } of accounts) expect(["string", "undefined"]).toContain(typeof passwordTime);
  },
};

it("each action accepts a field of another type, or fails with one clear line", () =>
  holds(
    "wrongTypes",
    fc.tuple(fc.constantFrom(...Object.keys(calls)), fc.array(anyAnswer, { minLength: 1, maxLength: 3 })),
    async ([action, contents]) => {
      let turn = 0;
      const bodies = contents.map((Response) => JSON.stringify({ Response }).replaceAll(canary, "Nobody's"));
      server.reply = () => http(200, bodies[turn++ % bodies.length] ?? "");
      const error: unknown = await calls[action]?.().catch((thrown: unknown) => thrown);
      // Jest's own errors.
      if (error instanceof Error && "matcherResult" in error) throw error;
      if (error !== undefined) expectOwnError(error);
    },
  ));

const dates = fc.constantFrom(
  "Sat, 13 Sep 275760 00:00:00 GMT",
  "Fri, 02 Jan 2026 03:04:05 GMT",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "",
);

const sane = {
  RequestId: "r1",
  TaskId: 1,
  TotalCount: 0,
  Status: "succeed",
  StartTime: "2026-01-02 03:04:05",
  InstanceSet: [{ InstanceId: instanceId }],
  Accounts: [],
};

/** The fields of a response in which a service repeats a text. */
const places: readonly ((text: string) => object)[] = [
  () => ({}),
  ...Object.keys(answerFields).map((name) => (text: string) => ({ [name]: text })),
  (text) => ({ Error: { Code: "FailedOperation", Message: text } }),
  (text) => ({ Error: { Code: text, Message: "no" } }),
  (text) => ({ Status: "failed", TaskMessage: text }),
  (text) => ({ Accounts: [{ AccountName: "root", PasswordLastModifiedTime: text }] }),
];

/** A service that repeats the password in any response, and then sends other odd ones. */
const hostile = fc.record({
  password: secretPassword,
  onCreate: fc.constantFrom("reset", "adopt"),
  answers: fc.array(
    fc.record({
      odd: anyAnswer.chain((fields) => {
        const entries = Object.entries(fields);
        const one = fc.subarray(entries, { maxLength: Math.min(1, entries.length) });
        return one.map((some) => Object.fromEntries(some) as object);
      }),
      place: fc.constantFrom(...places),
      spell: spelling,
      date: dates,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  text: anyText,
});

it("a creation against a server that repeats the password ends with a state or a clear reason, without the password", async () => {
  const ends = new Set<string>();
  await holds("hostileCreations", hostile, async ({ password, onCreate, answers, text }) => {
    const printedBefore = output().length;
    const news = { instanceId, region, onCreate, timeoutSeconds: 2, password, __provider: "the provider" };
    const { inputs } = check({}, news) as { inputs: object };
    expect(inputs).toHaveProperty("password", fingerprint(new Secret(password), { instanceId, region }));
    let turn = 0;
    server.reply = () => {
      const next = answers[turn++ % answers.length];
      const odd = JSON.parse(JSON.stringify(next?.odd ?? {}).replaceAll(canary, "Nobody's")) as object;
      const repeated = next?.place(`${text} ${next.spell(password)} ${text}`);
      return http(200, JSON.stringify({ Response: { ...sane, ...odd, ...repeated } }), { Date: next?.date ?? "" });
    };
    const outcome = await create(inputs as Parameters<typeof create>[0]).catch((error: unknown) => error);
    const printed = output().slice(printedBefore);
    for (const line of printed) expectReadable(line);
    expect(printed.join()).not.toContain(canary);
    expect(outcome instanceof Error ? shown(outcome) : JSON.stringify(outcome)).not.toContain(canary);
    ends.add(outcome instanceof Error ? outcome.name : "a state");
    if (outcome instanceof Error) expectReadable(outcome.message);
  });
  // Without all of these outcomes, the property has not covered enough.
  expect([...ends].sort()).toEqual(["ApiError", "Error", "RecordedFailure", "TaskError", "TransportError", "a state"]);
});
