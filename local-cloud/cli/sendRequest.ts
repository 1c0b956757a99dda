import { createHmac, randomInt } from "node:crypto";

import { isLocalHost } from "../protocol/localHost";
import { UsageError } from "./usageError";

/** A region of a running local cloud, and the key for it. */
export interface Target {
  readonly endpoint: URL;
  readonly region: string;
  readonly secretId: string;
  readonly secretKey: string;
}

/**
 * Reads the address and the key from the variables that `--export` writes. The real service is never called.
 *
 * @throws UsageError if they are missing, or the address is not on this machine
 */
export function readTarget(environment: NodeJS.ProcessEnv, region: string): Target {
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

type Answer = Readonly<Record<string, unknown>>;

interface Envelope {
  readonly Response?: Answer & { readonly Error?: { readonly Code: string; readonly Message: string } };
}

/** Sends a request to the Redis API. @throws Error with one line if it is refused or gets no response */
export async function sendRequest(
  target: Target,
  action: string,
  parameters: Readonly<Record<string, string>>,
  now: Date,
): Promise<Answer> {
  const { endpoint } = target;
  const body = signForm(target, {
    Action: action,
    Version: "2018-04-12",
    Region: target.region,
    Timestamp: String(Math.floor(now.getTime() / 1000)),
    Nonce: String(randomInt(1_000_000)),
    SecretId: target.secretId,
    SignatureMethod: "HmacSHA256",
    ...parameters,
  });
  const response = await fetch(endpoint, { method: "POST", body }).catch((error: unknown) => {
    throw new Error(`${action} failed: ${explainNoResponse(error, endpoint.host)}`);
  });
  const envelope = (await response.json().catch(() => undefined)) as Envelope | undefined;
  if (!envelope?.Response) {
    const reason = `the response from ${endpoint.host} (HTTP ${response.status}) is not from the Redis API`;
    throw new Error(`${action} failed: ${reason}. ${unknownOutcome}`);
  }
  const { Response } = envelope;
  if (Response.Error) throw new Error(`${action} failed: ${Response.Error.Message} (${Response.Error.Code})`);
  return Response;
}

/** Adds a signature of the kind before TC3-HMAC-SHA256, which needs the least code. */
function signForm({ endpoint, secretKey }: Target, fields: Readonly<Record<string, string>>): URLSearchParams {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const signed = `POST${endpoint.host}/?${sorted.map(([name, value]) => `${name}=${value}`).join("&")}`;
  const Signature = createHmac("sha256", secretKey).update(signed).digest("base64");
  return new URLSearchParams({ ...fields, Signature });
}

/** A cloud with faults may carry out a request and still send no usable response. */
const unknownOutcome = "The request may have been carried out.";

function explainNoResponse(error: unknown, host: string): string {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  if (cause?.code === "ECONNREFUSED") return `${host} refused the connection. Is the local cloud running?`;
  return `${host} closed the connection without a response. ${unknownOutcome}`;
}
