import "./errorsOfNode";
import { setEnvironment } from "./handlers";
import { type HttpServer, type Respond, answer, startHttpServer } from "./httpServer";

/** A request that must come next, and what is answered to it. */
export interface Exchange {
  readonly action: string;
  readonly parameters: object;
  readonly respond: Respond;
  /** For a poll that goes on until a time is over: how many fit in depends on the machine. */
  readonly anyTimes?: true;
}

/** Plays the API by a script. */
export interface ScriptedApi {
  /** Sets the requests to come, in order. */
  expect(...exchanges: Exchange[]): void;
  /** How often the instance's tasks were asked for without a line in the script, and answered with none. */
  readonly unscriptedLists: () => number;
}

/**
 * An API that the handlers find by their environment, in all tests of a file. A test fails when it sends anything
 * else than its script says, or less; without a script, when it sends anything at all.
 *
 * The list of the instance's tasks, which is read around each reset, is empty unless it is next in the script.
 */
export function useScriptedApi(): ScriptedApi {
  let script: Exchange[] = [];
  let surprises: string[] = [];
  let unscriptedLists = 0;
  let server: HttpServer;

  const respond: Respond = (response, received) => {
    const { headers, body } = received;
    const action = String(headers["x-tc-action"]);
    const next = script.find((exchange) => !exchange.anyTimes || exchange.action === action);
    if (next?.action !== action || JSON.stringify(next.parameters) !== body) {
      if (action === listOfTasks.action && body === JSON.stringify(listOfTasks.parameters)) {
        unscriptedLists++;
        tasks(0)(response, received);
        return;
      }
      surprises.push(`${action} ${body}`);
      // A refusal, which ends every waiting: a lost answer would only be asked for again.
      refuse("Unscripted", "The test expects another request.")(response, received);
      return;
    }
    if (!next.anyTimes) script = script.slice(script.indexOf(next) + 1);
    next.respond(response, received);
  };

  beforeEach(async () => {
    script = [];
    surprises = [];
    unscriptedLists = 0;
    server = await startHttpServer(respond);
    setEnvironment({
      TENCENTCLOUD_REDIS_ENDPOINT: server.url.href,
      TENCENTCLOUD_SECRET_ID: "AKIDexample",
      TENCENTCLOUD_SECRET_KEY: "exampleKey",
    });
  });

  afterEach(async () => {
    await server.stop();
    expect(surprises).toEqual([]);
    expect(script.filter(({ anyTimes }) => !anyTimes)).toEqual([]);
  });

  return { expect: (...exchanges) => void (script = exchanges), unscriptedLists: () => unscriptedLists };
}

export const requestId = "137c2607-07d1-4df0-9978-4b57a7ca3465";
const instanceId = "crs-5a4py64p";

/** The request that sets this password, and the answer that it will be done by a task. */
export const resetPassword = (password: string, respond: Respond = accepted(16657)): Exchange => ({
  action: "ResetPassword",
  parameters: { InstanceId: instanceId, Password: password },
  respond,
});

/** The question how a task stands, and the answer. */
export const describeTask = (taskId: number, respond: Respond): Exchange => ({
  action: "DescribeTaskInfo",
  parameters: { TaskId: taskId },
  respond,
});

/** The question whether a change of the password is under way, and the answer. */
export const describeUnfinished = (respond: Respond): Exchange => ({
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007", "035", "037"], Result: [0, 1], Limit: 1 },
  respond,
});

/** The question how many resets there were, and the answer. */
export const countResets = (respond: Respond): Exchange => ({
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007"], Limit: 1 },
  respond,
});

const listOfTasks = {
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007", "035", "037"], Limit: 100, Offset: 0 },
} as const;

/** The question which tasks of the instance can have changed its password, and the answer. */
export const describeTasks = (respond: Respond): Exchange => ({ ...listOfTasks, respond });

/** The question when the password was last set, and the answer. */
export const describeAccount = (respond: Respond): Exchange => ({
  action: "DescribeInstanceAccount",
  parameters: { InstanceId: instanceId, Limit: 100, Offset: 0 },
  respond,
});

/** The question whether the instance is there, and the answer. */
export const describeInstance = (respond: Respond): Exchange => ({
  action: "DescribeInstances",
  parameters: { InstanceId: instanceId },
  respond,
});

export const accepted = (taskId: number): Respond => answer({ TaskId: taskId, RequestId: requestId });

export const status = (name: string, message = "", startTime?: string): Respond =>
  answer({ Status: name, TaskMessage: message, StartTime: startTime, RequestId: requestId });

/** When the task of a reset begins, where the calendar is stopped: the moment of its acceptance, in the service's zone. */
export const startOfTask = "2026-01-02 11:04:05";

export const succeeded = status("succeed", "", startOfTask);

/** A task of the instance as the list tells it: a reset that has succeeded, but for some changes. */
export interface ListedTask {
  readonly TaskId: number;
  readonly TaskType?: string;
  readonly Result?: number;
  readonly StartTime?: string;
  readonly EndTime?: string;
}

export const listed = (...entries: ListedTask[]): Respond =>
  answer({
    TotalCount: entries.length,
    Tasks: entries.map((entry) => ({ InstanceId: instanceId, TaskType: "007", Result: 2, ...entry })),
    RequestId: requestId,
  });

export const tasks = (count: number): Respond => answer({ TotalCount: count, Tasks: [], RequestId: requestId });

export const setAt = (time: string): Respond =>
  answer({ Accounts: [{ AccountName: "root", PasswordLastModifiedTime: time }], RequestId: requestId });

export const passwordFree: Respond = answer({
  InstanceSet: [{ InstanceId: instanceId, NoAuth: true }],
  RequestId: requestId,
});

export const isolated: Respond = answer({
  InstanceSet: [{ InstanceId: instanceId, Status: -2 }],
  RequestId: requestId,
});

export const instances = (...ids: string[]): Respond =>
  answer({ TotalCount: ids.length, InstanceSet: ids.map((id) => ({ InstanceId: id })), RequestId: requestId });

export const refuse = (code: string, message: string): Respond =>
  answer({ Error: { Code: code, Message: message }, RequestId: requestId });
