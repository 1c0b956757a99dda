import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

import { actions } from "./actions";
import type { Cloud } from "./actions/action";
import { type ApiKey, verifyAuthorization } from "./authorization";
import { CloudError } from "./cloudError";
import { parseParameters } from "./parameters";
import { RequestQuota } from "./requestQuota";

/** A request as it is logged: nothing of it that could be a secret. */
export interface RequestRecord {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly action: string | null;
  /** The error's code, or null for a success. */
  readonly code: string | null;
  readonly requestId: string;
  /** The task that the request has started or asked for, or null. */
  readonly taskId: number | null;
}

export interface ApiServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly apiKey: ApiKey;
  readonly requestsPerSecond: number;
  readonly onRequest: (record: RequestRecord) => void;
}

const apiVersion = "2018-04-12";
const largestBody = 10 * 1024 * 1024;

/** Speaks the API over HTTP on 127.0.0.1. */
export async function startApiServer(cloud: Cloud, options: ApiServerOptions): Promise<Server> {
  const quota = new RequestQuota(options.requestsPerSecond);
  const server = createServer((request, response) => {
    void handle(request, response, cloud, options, quota);
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  cloud: Cloud,
  { apiKey, onRequest }: ApiServerOptions,
  quota: RequestQuota,
): Promise<void> {
  const requestId = randomUUID();
  const action = headerOf(request, "x-tc-action") ?? null;
  let answer: Record<string, unknown>;
  let code: string | null = null;
  try {
    answer = { ...run(request, await readBody(request), cloud, apiKey, quota) };
  } catch (error) {
    const refusal =
      error instanceof CloudError ? error : new CloudError("InternalError", "An internal error occurred.");
    code = refusal.code;
    answer = { Error: { Code: refusal.code, Message: refusal.message } };
  }
  const taskId = typeof answer.TaskId === "number" ? answer.TaskId : null;
  onRequest({ time: new Date().toISOString(), action, code, requestId, taskId });
  // The content type is exactly this: with a charset some of the vendor's clients take an error for a success.
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ Response: { ...answer, RequestId: requestId } }));
}

function run(request: IncomingMessage, body: Buffer, cloud: Cloud, apiKey: ApiKey, quota: RequestQuota): object {
  if (request.method !== "POST") throw new CloudError("UnsupportedProtocol", "Only POST is supported.");
  verifyAuthorization(request, body, apiKey, Date.now() / 1000);
  const name = requireHeader(request, "X-TC-Action");
  const action = actions.get(name);
  if (!action) throw new CloudError("InvalidAction", `The action \`${name}\` is invalid or not found.`);
  if (requireHeader(request, "X-TC-Version") !== apiVersion) {
    throw new CloudError("NoSuchVersion", "The specified API version does not exist.");
  }
  if (requireHeader(request, "X-TC-Region") !== cloud.region) {
    throw new CloudError("UnsupportedRegion", "The specified region is not supported.");
  }
  quota.take(name, performance.now());
  return action.run(cloud, parseParameters(body.toString("utf8"), action.parameters));
}

function requireHeader(request: IncomingMessage, name: string): string {
  const value = headerOf(request, name.toLowerCase());
  if (!value) throw new CloudError("MissingParameter", `The request is missing a required parameter \`${name}\`.`);
  return value;
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  if (length > largestBody) throw new CloudError("RequestSizeLimitExceeded", "The request is larger than 10 MB.");
  return Buffer.concat(chunks);
}
