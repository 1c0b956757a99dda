import { createHandlers } from "../../../provider/engine/createHandlers";
import { Session } from "../../../provider/resource/session/session";
import type { World } from "../../../provider/resource/session/world";
import { TransportError } from "../../../provider/tencentcloud/errors/errors";
import type { Clock } from "../../../provider/tencentcloud/retry/clock";
import type { Transport } from "../../../provider/tencentcloud/transport/http";
import { formatServiceTime } from "../../../provider/tencentcloud/redis/serviceTime";
import { createSleepClock } from "./clock";
import { noteErrors, noteLine } from "./documentedOutput";
import { type CheckedInputs, instanceId, program } from "./resource";

export type Fields = Readonly<Record<string, unknown>>;
/** The content of a response, or a failure of the transport. */
export type Content = Fields | Error;
/**
 * A service's response to an action: always the same, a sequence whose last element repeats, or a function of the
 * request.
 */
export type Answer = Content | readonly Content[] | ((parameters: Parameters, nowMs: number) => Content);
export type Answers = Readonly<Record<string, Answer>>;

interface Parameters extends Record<string, unknown> {
  readonly InstanceId?: string;
  readonly TaskId?: number;
  readonly Result?: readonly number[];
}

interface Sent {
  readonly action: string;
  readonly parameters: Parameters;
  /** In milliseconds since the start of the test. */
  readonly atMs: number;
}

const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Returns a time of the service, in its time zone, this many seconds after the start of the test. */
export const serviceTime = (seconds: number): string => formatServiceTime(startMs + 8 * 3_600_000 + seconds * 1000);

/** Returns a refusal by the service. */
export const refusal = (code: string, message = "No."): Fields => ({ Error: { Code: code, Message: message } });

/** Returns a task in the instance's list: a successful reset, with some changes. */
export const task = (TaskId: number, changes: object = {}): Fields => ({
  TaskId,
  InstanceId: instanceId,
  TaskType: "007",
  Result: 2,
  StartTime: serviceTime(0),
  EndTime: serviceTime(0),
  ...changes,
});

/** Returns an unfinished task. */
export const unfinished = (TaskId: number, changes: object = {}): Fields =>
  task(TaskId, { Result: 1, EndTime: "", ...changes });

/** Returns a successful change of an account: no task names the account. */
export const accountChange = (TaskId: number, changes: object = {}): Fields =>
  task(TaskId, { TaskType: "037", ...changes });

/** Returns the accounts of the instance as its list shows them, by the times of their passwords. */
export const listAccounts = (setAt: Readonly<Record<string, string>>): Fields => ({
  Accounts: Object.entries(setAt).map(([AccountName, PasswordLastModifiedTime]) => ({
    AccountName,
    Privilege: "rw",
    ReadonlyPolicy: ["master"],
    PasswordLastModifiedTime,
  })),
});

export const listTasks = (...tasks: Fields[]): Fields => ({ TotalCount: tasks.length, Tasks: tasks });

/** The first reset is accepted and succeeds, and there are no other tasks. */
const ordinary: Answers = {
  ResetPassword: { TaskId: 100 },
  ModifyInstanceAccount: { TaskId: 100 },
  DescribeTaskInfo: { Status: "succeed", TaskMessage: "", StartTime: serviceTime(0) },
  DescribeTaskList: listTasks(),
  DescribeInstances: { InstanceSet: [{ InstanceId: instanceId, Status: 2, NoAuth: false }] },
  DescribeInstanceAccount: listAccounts({ root: "", app: "", spare: "" }),
  GetCallerIdentity: { AccountId: "100000000001" },
};

const isSequence = (answer: Answer): answer is readonly Content[] => Array.isArray(answer);

function chooseContent(answer: Answer, turn: number, parameters: Parameters, nowMs: number): Content {
  if (typeof answer === "function") return answer(parameters, nowMs);
  return isSequence(answer) ? (answer.at(Math.min(turn, answer.length - 1)) ?? {}) : answer;
}

/** The parts of the session's world that a test replaces, and the destination of its lines. */
export type Replaced = Partial<World> & { readonly print?: (line: string) => void };

/** Returns the handlers for a service with these responses, on a clock that only waiting advances. */
export function handlersOn(answers: Answers = {}, { print, ...world }: Replaced = {}) {
  const lines: string[] = [];
  const sleepClock = createSleepClock();
  const elapsedMs = () => sleepClock.elapsedMs();
  let isCanceled = false;
  const clock: Clock = { ...sleepClock, epochMs: () => startMs + elapsedMs(), isCanceled: () => isCanceled };
  const sent: Sent[] = [];
  const transport: Transport = (action, { method, body = "{}" }) => {
    // There is no metadata service, the only service that gets GET requests.
    if (method === "GET") return Promise.reject(new TransportError(action, "unreachable", "nobody listens"));
    const parameters = JSON.parse(body) as Parameters;
    sent.push({ action, parameters, atMs: elapsedMs() });
    const turn = sent.filter((each) => each.action === action).length - 1;
    const content = chooseContent(answers[action] ?? ordinary[action] ?? {}, turn, parameters, elapsedMs());
    if (content instanceof Error) return Promise.reject(content);
    const text = JSON.stringify({ Response: { RequestId: `r${sent.length}`, ...content } });
    return Promise.resolve({ status: 200, serviceTimeMs: startMs + elapsedMs(), body: text });
  };
  const environment: Readonly<Record<string, string>> = {
    TENCENTCLOUD_SECRET_ID: "AKIDexample",
    TENCENTCLOUD_SECRET_KEY: "exampleKey",
  };
  const session = new Session({
    clock,
    transport,
    environment: (name) => environment[name],
    homeDirectory: "/nonexistent",
    verifyPassword: () => Promise.resolve({ outcome: "accepted" }),
    ...world,
  });
  const show = print ?? ((line: string) => void lines.push(line));
  const { check, create, diff, read, update, ...others } = createHandlers(session, (line) => {
    noteLine(line);
    show(line);
  });
  const handlers = {
    ...others,
    check: noteErrors(check),
    create: noteErrors(create),
    diff: noteErrors(diff),
    read: noteErrors(read),
    update: noteErrors(update),
  };
  return {
    ...handlers,
    session,
    lines,
    sent,
    /** Returns how often an action was requested. */
    count: (action: string) => sent.filter((each) => each.action === action).length,
    elapsedMs,
    /** Cancels the run, as Ctrl-C does. */
    cancel: () => void (isCanceled = true),
    /** Returns the inputs after check, which gives the session the password. */
    checked: (changes: object = {}, olds: object = {}): CheckedInputs => {
      const before = lines.length;
      const result = handlers.check(olds, program({ timeoutSeconds: 600, ...changes }));
      // Other tests cover the lines that check logs.
      lines.length = before;
      expect(result.failures ?? []).toEqual([]);
      return result.inputs as CheckedInputs;
    },
  };
}
