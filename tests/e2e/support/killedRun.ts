import { setTimeout as pause } from "node:timers/promises";

import type { CommandResult } from "../../../tools/command";
import { type Process, kill, until, withDescendants } from "../../../tools/processes";
import { type Recovery, expectSaid } from "./recovery";

/** The processes to kill, by their command line. */
const victims = {
  program: /cmd\/run\/index\.js/,
  engine: /\/pulumi up /,
  provider: /dynamic-provider\/index\.js/,
  "the whole machine": /./,
} as const;

export type Victim = keyof typeof victims;
export type Moment = "before sending" | "after sending" | "while waiting" | "after success";

/** The fault that makes a moment last long enough, and the request that shows that it has come. */
const moments: Readonly<Record<Moment, { fault?: string; request: string }>> = {
  "before sending": { fault: "AssumeRole=delay:30*1", request: "AssumeRole" },
  "after sending": { fault: "ResetPassword=delay:30*1", request: "ResetPassword" },
  "while waiting": { fault: "ResetPassword=task-stuck*1", request: "DescribeTaskInfo" },
  "after success": { request: "ResetPassword" },
};

/** Runs an up to another password, and kills it at that moment. */
export async function killed(
  recovery: Recovery,
  victim: Victim,
  moment: Moment,
  flags: readonly string[] = [],
): Promise<CommandResult> {
  const { fixture } = recovery;
  const { fault, request } = moments[moment];
  if (fault !== undefined) fixture.cloud.addFault(fault);
  const seen = fixture.requests.length;
  const since = () => fixture.requests.slice(seen).map(({ action }) => action);
  // If a run uses a role, its first request comes before anything is sent to the Redis API.
  const role = {
    TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/100000000001:roleName/rotation",
    TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint,
  };
  let engine = 0;
  const running = recovery.upToAnother(flags, moment === "before sending" ? role : {}, {
    onStart: (id) => (engine = id),
  });
  await until(() => since().includes(request));
  left = withDescendants(engine);
  const isAfterSuccess = moment === "after success";
  if (isAfterSuccess) await stopUntilAnswered(engine, since);
  for (const { id, commandLine } of left) if (victims[victim].test(commandLine)) kill(id);
  if (isAfterSuccess && !victims[victim].test(left[0]?.commandLine ?? "")) kill(engine, "SIGCONT");
  // Its task can end now.
  if (moment === "while waiting") fixture.cloud.clearFaults();
  return running;
}

/** The processes of the last killed run, which may still be running. */
export const orphans = (): readonly Process[] => left;

let left: readonly Process[] = [];

afterEach(() => {
  for (const { id } of left) kill(id);
  left = [];
});

/** Stops the engine until the provider has responded to it. */
async function stopUntilAnswered(engine: number, since: () => readonly unknown[]): Promise<void> {
  kill(engine, "SIGSTOP");
  await until(() => since().includes("DescribeTaskInfo"));
  // While the task is running, it is polled at least once per second. A longer silence means that the provider has seen
  // its success, and has responded to the engine, which has not seen it.
  for (let last = -1; since().length !== last;) {
    last = since().length;
    await pause(3000);
  }
}

/** Pulumi itself requires this after its engine was killed. */
export async function unlock(recovery: Recovery): Promise<void> {
  expectSaid(await recovery.up(), "The stack is locked");
  expect(await recovery.fixture.pulumi(["cancel", "--yes"])).toMatchObject({ code: 0 });
}
