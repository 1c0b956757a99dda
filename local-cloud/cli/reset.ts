import { createHmac, randomBytes, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { isLocalHost } from "../protocol/localHost";
import type { ResetCommand } from "./commandLine";
import { UsageError } from "./usageError";

interface Target {
  readonly endpoint: URL;
  readonly region: string;
  readonly secretId: string;
  readonly secretKey: string;
}

type Answer = Readonly<Record<string, unknown>>;

interface Envelope {
  readonly Response?: Answer & { readonly Error?: { readonly Code: string; readonly Message: string } };
}

const pollMs = 100;

/**
 * Resets the password of an instance of a running local cloud, as somebody else would, and waits for the task.
 *
 * @returns what was done, in one line
 */
export async function resetAsSomebodyElse(reset: ResetCommand, environment: NodeJS.ProcessEnv): Promise<string> {
  const { instanceId, region = "ap-guangzhou", password = randomPassword() } = reset;
  const target = targetIn(environment, region);
  const { TaskId } = await send(target, "ResetPassword", { InstanceId: instanceId, Password: password });
  for (;;) {
    const { Status, TaskMessage } = await send(target, "DescribeTaskInfo", { TaskId: String(TaskId) });
    if (Status === "succeed") return `${instanceId}: the password was reset (task ${String(TaskId)})`;
    if (Status === "failed" || Status === "error") {
      throw new Error(
        `resetting ${instanceId} failed: task ${String(TaskId)} ended as ${Status}: ${String(TaskMessage)}`,
      );
    }
    await pause(pollMs);
  }
}

/** @throws UsageError when the environment does not name a cloud on this machine: the real service is never called */
function targetIn(environment: NodeJS.ProcessEnv, region: string): Target {
  const required = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new UsageError(name, "is not set: source the file that `tencent-redis-local --export FILE` writes");
  };
  const endpoint = required("TENCENTCLOUD_REDIS_ENDPOINT");
  if (!endpoint.startsWith("http://") || !URL.canParse(endpoint) || !isLocalHost(new URL(endpoint).host)) {
    throw new UsageError("TENCENTCLOUD_REDIS_ENDPOINT", "must be the address of a local cloud, on a loopback address");
  }
  return {
    endpoint: new URL(endpoint),
    region,
    secretId: required("TENCENTCLOUD_SECRET_ID"),
    secretKey: required("TENCENTCLOUD_SECRET_KEY"),
  };
}

/** Sends a form with the oldest signature, which is the shortest to make. @throws Error with one line for a refusal */
async function send(target: Target, action: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const { endpoint, region, secretId, secretKey } = target;
  const fields: Record<string, string> = {
    Action: action,
    Version: "2018-04-12",
    Region: region,
    Timestamp: String(Math.floor(Date.now() / 1000)),
    Nonce: String(randomInt(1_000_000)),
    SecretId: secretId,
    SignatureMethod: "HmacSHA256",
    ...parameters,
  };
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const signed = `POST${endpoint.host}/?${sorted.map(([name, value]) => `${name}=${value}`).join("&")}`;
  const Signature = createHmac("sha256", secretKey).update(signed).digest("base64");
  const response = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ ...fields, Signature }) }).catch(
    () => {
      throw new Error(`${action} failed: no answer from ${endpoint.host}. Is the local cloud running?`);
    },
  );
  const answer = (await response.json().catch(() => undefined)) as Envelope | undefined;
  if (!answer?.Response) throw new Error(`${action} failed: ${endpoint.host} is not a local cloud`);
  const { Response } = answer;
  if (Response.Error) throw new Error(`${action} failed: ${Response.Error.Message} (${Response.Error.Code})`);
  return Response;
}

/** Follows the service's password rule. */
const randomPassword = (): string => `aA1-${randomBytes(18).toString("base64url")}`;
