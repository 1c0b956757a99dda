import { randomBytes } from "node:crypto";

import { defaults } from "../setup/defaults";
import { type Clock, realClock } from "../system/clock";
import type { ResetCommand } from "./commandLine";
import { readTarget, sendRequest } from "./sendRequest";

/** A local cloud may be configured to serve only one request per second. */
const pollMs = 1000;

const timeoutMs = 600_000;

/**
 * Resets the password of an instance or of a custom account of a running local cloud, and waits for the task.
 *
 * @returns one line about the result
 * @throws Error with one line if a request fails, the task fails, or it does not end in time
 */
export async function sendReset(
  reset: ResetCommand,
  environment: NodeJS.ProcessEnv,
  clock: Clock = realClock,
): Promise<string> {
  const { instanceId, region = defaults.region, account, password = randomPassword() } = reset;
  const target = readTarget(environment, region);
  const send = (action: string, parameters: Readonly<Record<string, string>>) =>
    sendRequest(target, action, parameters, clock.now());
  const { TaskId } =
    account === undefined
      ? await send("ResetPassword", { InstanceId: instanceId, Password: password })
      : await send("ModifyInstanceAccount", {
          InstanceId: instanceId,
          AccountName: account,
          AccountPassword: password,
        });
  const what = account === undefined ? instanceId : `${instanceId}/${account}`;
  const task = `task ${String(TaskId)}`;
  const deadlineMs = clock.elapsedMs() + timeoutMs;
  for (;;) {
    const { Status, TaskMessage } = await send("DescribeTaskInfo", { TaskId: String(TaskId) });
    if (Status === "succeed") return `${what}: the password was reset (${task})`;
    if (Status === "failed" || Status === "error") {
      throw new Error(`resetting ${what} failed: ${task} ended as ${Status}: ${String(TaskMessage)}`);
    }
    if (clock.elapsedMs() >= deadlineMs) {
      const reason = `${task} is still ${String(Status)} after ${timeoutMs / 1000} s`;
      throw new Error(`resetting ${what} failed: ${reason}. Check --fault and --task-seconds of the local cloud.`);
    }
    await clock.sleep(pollMs);
  }
}

/** Returns a password that follows the service's rules. */
const randomPassword = (): string => `aA1-${randomBytes(18).toString("base64url")}`;
