import { createHash, createHmac } from "node:crypto";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { stsActions } from "../../../local-cloud/actions";
import { ApiKeys } from "../../../local-cloud/auth/apiKeys";
import { Faults } from "../../../local-cloud/faults/faults";
import { account } from "../../../local-cloud/model/account";
import { Condition } from "../../../local-cloud/model/condition";
import { type Instance, newRootAccount } from "../../../local-cloud/model/instances";
import type { PasswordTime, Region } from "../../../local-cloud/model/regions";
import { Tasks, taskIds } from "../../../local-cloud/model/tasks";
import { type ApiRequest, parseRequest } from "../../../local-cloud/protocol/apiRequest";
import { startApiServer } from "../../../local-cloud/server/apiServer";
import type { Cloud } from "../../../local-cloud/server/cloud";
import { createMetadata } from "../../../local-cloud/server/metadata";
import { RequestQuota } from "../../../local-cloud/server/requestQuota";
import type { RequestRecord } from "../../../local-cloud/server/requestRecord";
import { type Clock, clockWithCalendar, realClock } from "../../../local-cloud/system/clock";
import { authorization } from "../../../provider/tencentcloud/transport/signature";

/** A request as it would have arrived. */
export function arrived(request: {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string;
}): ApiRequest {
  const { method = "POST", url = "/", headers = {}, body = "" } = request;
  return parseRequest({ method, url, headers }, Buffer.from(body));
}

/** What the Redis servers of {@link start} have as their passwords: they do nothing else. */
export const passwords = new Map<string, string>();
/** What was logged. */
export const records: RequestRecord[] = [];
const ends: (() => unknown)[] = [];
const allTasks: Tasks[] = [];

export const permanent = { secretId: "AKIDpermanent", secretKey: "secret-key-1", accountId: account };
/** A key of another account. */
export const foreign = { secretId: "AKIDforeign", secretKey: "secret-key-4", accountId: "200000000002" };
export const temporary = {
  secretId: "AKIDtemporary",
  secretKey: "secret-key-2",
  accountId: account,
  temporary: { token: "secret-token", expiresAt: new Date(Date.now() + 3_600_000) },
};
export const expired = {
  secretId: "AKIDexpired",
  secretKey: "secret-key-3",
  accountId: account,
  temporary: { token: "secret-token", expiresAt: new Date(Date.now() - 1000) },
};

export interface StartOptions {
  readonly cloud?: Partial<Cloud>;
  readonly sts?: Partial<Cloud["sts"]>;
  readonly cvmRole?: string;
  readonly taskSeconds?: number;
  readonly timeZoneHours?: number;
  readonly passwordTime?: PasswordTime;
  readonly now?: () => Date;
  /** @default the real one, with the calendar of `now` */
  readonly clock?: Clock;
  readonly faults?: readonly string[];
}

/** The whole API over HTTP: its port. */
export const start = async (options: StartOptions = {}): Promise<number> => (await startCloud(options)).port;

/** The same, with what is behind it. */
export async function startCloud(options: StartOptions): Promise<{ port: number; cloud: Cloud }> {
  const { clock = options.now ? clockWithCalendar(options.now) : realClock } = options;
  const { timeZoneHours = 8, passwordTime = "kept" } = options;
  const nextTaskId = taskIds();
  const startTasks = () => {
    const tasks = new Tasks(options.taskSeconds ?? 0, nextTaskId, clock);
    ends.push(() => tasks.stop());
    allTasks.push(tasks);
    return tasks;
  };
  const createdAt = new Date("2026-01-02T03:04:05Z");
  const instance = (instanceId: string): [string, Instance] => [
    instanceId,
    {
      instanceId,
      createdAt,
      root: newRootAccount(false, createdAt),
      condition: new Condition(clock),
      server: {
        port: 6379,
        setPassword: (password) => Promise.resolve(void passwords.set(instanceId, password)),
        stop: () => Promise.resolve(),
      },
    },
  ];
  const region = (name: string, ...ids: string[]): [string, Region] => [
    name,
    { name, instances: new Map(ids.map(instance)), tasks: startTasks(), clock, timeZoneHours, passwordTime },
  ];
  const keys = new ApiKeys([permanent, foreign, temporary, expired], clock);
  const cloud: Cloud = {
    keys,
    regions: new Map([
      region("ap-guangzhou", "crs-5a4py64p", "crs-second"),
      region("ap-shanghai", "crs-shanghai"),
      region("ap-shanghai-fsi", "crs-finance"),
    ]),
    sts: { keys, temporaryKeySeconds: 7200, clock, ...options.sts },
    quota: new RequestQuota(),
    requestsPerSecond: 1000,
    clock,
    faults: new Faults(options.faults),
    ...options.cloud,
  };
  const metadata = createMetadata(options.cvmRole, keys, 7200, clock);
  const server = await startApiServer(cloud, metadata, { port: 0, onRequest: (record) => records.push(record) });
  ends.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { port: (server.address() as AddressInfo).port, cloud };
}

export type Answer = Record<string, unknown> & {
  readonly RequestId: string;
  readonly TaskId: number;
  readonly Error?: { readonly Code: string; readonly Message: string };
};

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: string | Buffer;
}

/** Sends exactly this: `fetch` would not let a Host header through. */
export async function exchange(port: number, { method = "POST", path = "/", headers, body }: Sent) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers: { ...headers } }, (response) => {
      text(response).then(
        (received) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
        reject,
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

export async function send(port: number, sent: Sent): Promise<Answer> {
  const { status, headers, body } = await exchange(port, sent);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  return (JSON.parse(body) as { Response: Answer }).Response;
}

export interface Call {
  readonly action: string;
  readonly parameters?: object;
  readonly body?: string;
  readonly region?: string;
  readonly version?: string;
  readonly key?: { readonly secretId: string; readonly secretKey: string };
  readonly token?: string;
  readonly service?: string;
  /** The Host header. */
  readonly host?: string;
  /** What of it is signed. */
  readonly signedHost?: string;
  readonly contentType?: string;
  readonly headers?: IncomingHttpHeaders;
  /** The clock of the client, in milliseconds since 1970. @default the real one */
  readonly nowMs?: number;
}

/** A JSON POST with TC3-HMAC-SHA256. */
export function json(port: number, call: Call): Sent {
  const { action, region = "ap-guangzhou", key = permanent, token, contentType = "application/json" } = call;
  const host = call.host ?? `127.0.0.1:${port}`;
  const body = call.body ?? JSON.stringify(call.parameters ?? {});
  const timestamp = Math.floor((call.nowMs ?? Date.now()) / 1000);
  const isSts = stsActions.has(action);
  const service = call.service ?? (isSts ? "sts" : "redis");
  const toSign = { service, host: call.signedHost ?? host, action, contentType, body, timestamp };
  return {
    headers: {
      Host: host,
      Authorization: authorization(toSign, key),
      "Content-Type": contentType,
      "X-TC-Action": action,
      "X-TC-Version": call.version ?? (isSts ? "2018-08-13" : "2018-04-12"),
      "X-TC-Region": region,
      "X-TC-Timestamp": String(timestamp),
      ...(token === undefined ? {} : { "X-TC-Token": token }),
      ...call.headers,
    },
    body,
  };
}

export const call = async (port: number, request: Call): Promise<Answer> => send(port, json(port, request));

/** A form or a query with one of the older signatures. */
export function older(
  port: number,
  method: "GET" | "POST",
  fields: object,
  signatureMethod = "HmacSHA256",
  key = permanent,
): Sent {
  const all: Record<string, string> = {
    Action: "ResetPassword",
    Version: "2018-04-12",
    Region: "ap-guangzhou",
    Timestamp: String(Math.floor(Date.now() / 1000)),
    Nonce: "11886",
    SecretId: key.secretId,
    SignatureMethod: signatureMethod,
    RequestClient: "SDK_PYTHON_3.0",
    ...fields,
  };
  const host = `127.0.0.1:${port}`;
  const plain = Object.keys(all)
    .sort()
    .map((name) => `${name}=${all[name] ?? ""}`)
    .join("&");
  const algorithm = signatureMethod === "HmacSHA1" ? "sha1" : "sha256";
  const Signature = createHmac(algorithm, key.secretKey).update(`${method}${host}/?${plain}`).digest("base64");
  const encoded = new URLSearchParams({ ...all, Signature }).toString();
  return method === "GET"
    ? { method, path: `/?${encoded}`, headers: { Host: host } }
    : { headers: { Host: host, "Content-Type": "application/x-www-form-urlencoded" }, body: encoded };
}

/** A request with TC3-HMAC-SHA256 that is no JSON POST, or whose body is not signed. */
export function tc3(
  port: number,
  action: string,
  sent: {
    method: "GET" | "POST";
    query?: string;
    body?: string;
    contentType?: string;
    unsigned?: true;
    version?: string;
  },
): Sent {
  const { method, query = "", body = "", contentType = "application/x-www-form-urlencoded", unsigned } = sent;
  const host = `127.0.0.1:${port}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const canonical = [
    ...[method, "/", query, `content-type:${contentType}`, `host:${host}`, "", "content-type;host"],
    sha256(unsigned ? "UNSIGNED-PAYLOAD" : body),
  ].join("\n");
  const scope = `${date}/redis/tc3_request`;
  const key = hmac(hmac(hmac(`TC3${permanent.secretKey}`, date), "redis"), "tc3_request");
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`).toString("hex");
  return {
    method,
    path: query ? `/?${query}` : "/",
    headers: {
      Host: host,
      "Content-Type": contentType,
      Authorization: `TC3-HMAC-SHA256 Credential=${permanent.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
      "X-TC-Action": action,
      "X-TC-Version": "2018-04-12",
      "X-TC-Region": "ap-guangzhou",
      "X-TC-Timestamp": String(timestamp),
      ...(unsigned ? { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" } : {}),
    },
    body,
  };
}

/** The parameters of the vendor's documented example. */
export const documented = { InstanceId: "crs-5a4py64p", Password: "zy456987" };
export const reset = { action: "ResetPassword", parameters: documented };

/** Resolves once a condition holds that this process brings about by itself. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves once every task has ended. They take no time here, unless a fault or a {@link ManualClock} says so. */
export const settled = () => until(() => allTasks.every((tasks) => tasks.recent().every(({ endedAt }) => endedAt)));

/** To be called after each test: ends the servers, and forgets what was. */
export function stopAll(): void {
  for (const end of ends.splice(0)) end();
  passwords.clear();
  records.length = 0;
  allTasks.length = 0;
}
