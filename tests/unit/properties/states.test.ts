import fc from "fast-check";

import { diff, setEnvironment, update } from "../support/handlers";
import "../support/errorsOfNode";
import { type HttpServer, answer, startHttpServer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { type CheckedInputs, type State, checked, makeFingerprint, id, instanceId, state } from "../support/resource";
import { canary, jsonValue, objectWith, oddName } from "./support/arbitraries";
import { holds } from "./support/property";
import { expectReadable, shown } from "./support/shown";

const output = captureOutput();

let server: HttpServer;
let requests = 0;

beforeAll(async () => {
  server = await startHttpServer((response, request) => {
    requests += 1;
    answer({
      TaskId: 16657,
      TotalCount: 0,
      Status: "succeed",
      StartTime: "2026-01-02 03:04:05",
      InstanceSet: [{ InstanceId: instanceId, Status: 2 }],
      Tasks: [],
      Accounts: [],
      RequestId: "r1",
    })(response, request);
  });
});
beforeEach(() => {
  setEnvironment({
    TENCENTCLOUD_REDIS_ENDPOINT: server.url.href,
    TENCENTCLOUD_SECRET_ID: "AKIDofStates",
    TENCENTCLOUD_SECRET_KEY: `${canary}-key`,
  });
});
afterAll(() => server.stop());

const password = `${canary}-password-1`;
const recorded = makeFingerprint(password);
const names = [
  "triggers",
  "passwordFingerprint",
  "taskId",
  "newestTaskId",
  "taskStartTime",
  "passwordTime",
  "requestId",
  "resetAt",
  "status",
  "unproven",
  "unchecked",
  "isPasswordFree",
  "ownerAccountId",
  "profile",
];

/** A state of ours with fields that are missing, superfluous or of another type. */
const oddState = (value: fc.Arbitrary<unknown>): fc.Arbitrary<State> =>
  fc
    .record({
      odd: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }),
      missing: fc.subarray(names, { maxLength: 3 }),
      status: fc.constantFrom("done", "pending", "failed", "drifted", undefined, "another"),
      others: objectWith(value),
    })
    .map(({ odd, missing, status, others }) => {
      const own = state({ passwordFingerprint: recorded, status: status as State["status"] });
      const all = { ...others, ...own, ...odd };
      return Object.fromEntries(Object.entries(all).filter(([name]) => !missing.includes(name))) as unknown as State;
    });

const anyTriggers = fc.array(fc.tuple(oddName, fc.constantFrom("1", canary)), { maxLength: 3 });
let news: CheckedInputs;
let printedBefore: number;
beforeEach(() => {
  news = checked({ password });
  printedBefore = 0;
});

/** Expects complete lines without secrets in a run's output. */
function expectReadableOutput(): void {
  const lines = output().slice(printedBefore);
  printedBefore += lines.length;
  for (const line of lines) {
    expectReadable(line);
    expect(line).not.toContain(canary);
  }
}

it("a diff with any state returns a result, and logs no secret", () =>
  holds("diffOfAnyState", fc.tuple(oddState(jsonValue), anyTriggers), ([olds, triggers]) => {
    const { changes } = diff(id, olds, { ...news, triggers: Object.fromEntries(triggers) });
    expect(typeof changes).toBe("boolean");
    expectReadableOutput();
  }));

it("an update of any state ends with a state or a clear reason, without a secret", () =>
  holds("updateOfAnyState", oddState(jsonValue), async (olds) => {
    const outcome = await update(id, olds, news).then(
      ({ outs }) => ({ outs: outs as object }),
      (error: unknown) => error as Error,
    );
    expectReadableOutput();
    if ("outs" in outcome) {
      expect(JSON.stringify(outcome.outs)).not.toContain(password);
      return;
    }
    expect(outcome.name).toBe("RecordedFailure");
    expectReadable(outcome.message);
    expect(shown(outcome)).not.toContain(password);
  }));

const sameTriggers = anyTriggers.map((entries) => Object.fromEntries(entries) as Record<string, string>);

it("without a difference, no request is sent", () =>
  holds("nothingDiffers", fc.tuple(sameTriggers, oddState(jsonValue)), async ([triggers, odd]) => {
    const { taskId, requestId, resetAt, profile } = odd;
    const same = { triggers, passwordFingerprint: recorded, status: "done" } as const;
    const olds = state({ taskId, requestId, resetAt, profile, ...same });
    const requestsBefore = requests;
    expect(diff(id, olds, { ...news, triggers })).toEqual({ changes: false });
    expect(await update(id, olds, { ...news, triggers })).toEqual({ outs: olds });
    expect(requests).toBe(requestsBefore);
    expect(output()).toEqual([]);
  }));
