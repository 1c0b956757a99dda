import "./errorsOfNode";
import { setEnvironment } from "./handlers";
import { type HttpServer, type Respond, answer, startHttpServer } from "./httpServer";

/** The next expected request, and its response. */
export interface Exchange {
  readonly action: string;
  readonly parameters: object;
  readonly respond: Respond;
  /** For a poll until a deadline: the number of requests depends on the machine. */
  readonly anyTimes?: true;
}

/** Simulates the API with a script. */
export interface ScriptedApi {
  /** Sets the requests to come, in order. */
  expect(...exchanges: Exchange[]): void;
  /** Returns how often the instance's tasks were read without a line in the script, which returns an empty list. */
  readonly unscriptedLists: () => number;
}

/**
 * Provides an API, whose URL is in the environment of the handlers, in all tests of a file. A test fails if it sends
 * other requests than its script, or fewer. Without a script, any request fails the test.
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
      // A refusal, which ends every wait: a lost response would only be requested again.
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

/** A request that sets this password, and its response. */
export const resetPassword = (password: string, respond: Respond = accepted(16657)): Exchange => ({
  action: "ResetPassword",
  parameters: { InstanceId: instanceId, Password: password },
  respond,
});

/** A read of a task, and its response. */
export const describeTask = (taskId: number, respond: Respond): Exchange => ({
  action: "DescribeTaskInfo",
  parameters: { TaskId: taskId },
  respond,
});

/** A read of running changes of the password, and its response. */
export const describeUnfinished = (respond: Respond): Exchange => ({
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007", "035", "037"], Result: [0, 1], Limit: 1 },
  respond,
});

/** A count of resets, and its response. */
export const countResets = (respond: Respond): Exchange => ({
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007"], Limit: 1 },
  respond,
});

const listOfTasks = {
  action: "DescribeTaskList",
  parameters: { InstanceId: instanceId, TaskTypes: ["007", "035", "037"], Limit: 100, Offset: 0 },
} as const;

/** A read of the tasks that can have changed the instance's password, and its response. */
export const describeTasks = (respond: Respond): Exchange => ({ ...listOfTasks, respond });

/** A read of the time of the password, and its response. */
export const describeAccount = (respond: Respond): Exchange => ({
  action: "DescribeInstanceAccount",
  parameters: { InstanceId: instanceId, Limit: 100, Offset: 0 },
  respond,
});

/** A read of the instance, and its response. */
export const describeInstance = (respond: Respond): Exchange => ({
  action: "DescribeInstances",
  parameters: { InstanceId: instanceId },
  respond,
});

export const accepted = (taskId: number): Respond => answer({ TaskId: taskId, RequestId: requestId });

export const status = (name: string, message = "", startTime?: string): Respond =>
  answer({ Status: name, TaskMessage: message, StartTime: startTime, RequestId: requestId });

/**
 * When the task of a reset begins, if the calendar is stopped: the time of its acceptance, in the service's time zone.
 */
export const startOfTask = "2026-01-02 11:04:05";

export const succeeded = status("succeed", "", startOfTask);

/** A task in the instance's list: a successful reset, with some changes. */
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
