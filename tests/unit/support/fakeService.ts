import { createHandlers } from "../../../provider/engine/createHandlers";
import { Session } from "../../../provider/resource/session";
import type { World } from "../../../provider/resource/world";
import { TransportError } from "../../../provider/tencentcloud/errors/errors";
import type { Clock } from "../../../provider/tencentcloud/retry/clock";
import type { Transport } from "../../../provider/tencentcloud/transport/http";
import { formatServiceTime } from "../../../provider/tencentcloud/redis/serviceTime";
import { createSleepClock } from "./clock";
import { noteErrors, noteLine } from "./documentedOutput";
import { type CheckedInputs, instanceId, program } from "./resource";

export type Fields = Readonly<Record<string, unknown>>;
/** The content of an answer, or what goes wrong on the way. */
export type Content = Fields | Error;
/** What a service answers to an action: once for all, one after the other with the last for ever, or by the request. */
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
  /** In milliseconds since the test began. */
  readonly atMs: number;
}

const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A time of the service's, in its zone, so many seconds after the test began. */
export const serviceTime = (seconds: number): string => formatServiceTime(startMs + 8 * 3_600_000 + seconds * 1000);

/** A refusal by the service. */
export const refusal = (code: string, message = "No."): Fields => ({ Error: { Code: code, Message: message } });

/** A task of the instance, as its list tells it: a reset that has succeeded, but for some changes. */
export const task = (TaskId: number, changes: object = {}): Fields => ({
  TaskId,
  InstanceId: instanceId,
  TaskType: "007",
  Result: 2,
  StartTime: serviceTime(0),
  EndTime: serviceTime(0),
  ...changes,
});

/** One that has not ended. */
export const unfinished = (TaskId: number, changes: object = {}): Fields =>
  task(TaskId, { Result: 1, EndTime: "", ...changes });

/** A change of an account that has succeeded: no task says which account it was. */
export const accountChange = (TaskId: number, changes: object = {}): Fields =>
  task(TaskId, { TaskType: "037", ...changes });

/** The accounts of the instance, as its list tells them, by when their passwords were set. */
export const listAccounts = (setAt: Readonly<Record<string, string>>): Fields => ({
  Accounts: Object.entries(setAt).map(([AccountName, PasswordLastModifiedTime]) => ({
    AccountName,
    Privilege: "rw",
    ReadonlyPolicy: ["master"],
    PasswordLastModifiedTime,
  })),
});

export const listTasks = (...tasks: Fields[]): Fields => ({ TotalCount: tasks.length, Tasks: tasks });

/** When the first reset is accepted and done, with nothing else going on. */
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

/** What a test replaces: of the session's world, and where its lines go. */
export type Replaced = Partial<World> & { readonly print?: (line: string) => void };

/** The handlers in front of a service that answers so, on a clock that only waiting moves. */
export function handlersOn(answers: Answers = {}, { print, ...world }: Replaced = {}) {
  const lines: string[] = [];
  const sleepClock = createSleepClock();
  const elapsedMs = () => sleepClock.elapsedMs();
  const clock: Clock = { ...sleepClock, epochMs: () => startMs + elapsedMs() };
  const sent: Sent[] = [];
  const transport: Transport = (action, { method, body = "{}" }) => {
    // There is no metadata service, the only one that is asked by GET.
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
    /** How often an action was asked for. */
    count: (action: string) => sent.filter((each) => each.action === action).length,
    elapsedMs,
    /** The inputs after check, which is how the session comes to know the password. */
    checked: (changes: object = {}, olds: object = {}): CheckedInputs => {
      const before = lines.length;
      const result = handlers.check(olds, program({ timeoutSeconds: 600, ...changes }));
      // What check announces is tested elsewhere.
      lines.length = before;
      expect(result.failures ?? []).toEqual([]);
      return result.inputs as CheckedInputs;
    },
  };
}
