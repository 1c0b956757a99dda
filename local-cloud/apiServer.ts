import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

import { type ApiRequest, commonParameter, parseRequest, readBody } from "./apiRequest";
import type { Clock } from "./clock";
import { CloudError } from "./cloudError";
import { type Cloud, dispatch } from "./dispatch";
import { messageIn } from "./messages";
import { type Metadata, isMetadataPath } from "./metadata";

/** A request as it is logged: nothing of it that could be a secret. */
export interface RequestRecord {
  /** ISO 8601, UTC, by the clock of the cloud. */
  readonly time: string;
  /** The action's name, or the path of a request to the metadata service. */
  readonly action: string | null;
  /** The error's code, or null for a success. */
  readonly code: string | null;
  readonly requestId: string;
  /** The task that the request has started, or null. */
  readonly taskId: number | null;
}

export interface ApiServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly onRequest: (record: RequestRecord) => void;
}

/** Speaks the API over HTTP on 127.0.0.1, and beside it the metadata service. */
export async function startApiServer(cloud: Cloud, metadata: Metadata, options: ApiServerOptions): Promise<Server> {
  // Long addresses are refused by the API, in its own words.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (message, response) => {
    if (isMetadataPath(message.url)) answerMetadata(message, response, metadata, cloud.now, options);
    else void answerApi(message, response, cloud, options);
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function answerApi(
  message: IncomingMessage,
  response: ServerResponse,
  cloud: Cloud,
  { onRequest }: ApiServerOptions,
): Promise<void> {
  const body = await readBody(message).catch(() => undefined);
  // The client has gone before its request was here: nothing was asked.
  if (!body) return;
  const requestId = randomUUID();
  const { action, code, answer } = outcomeOf(message, body, cloud);
  const taskId = typeof answer.TaskId === "number" ? answer.TaskId : null;
  onRequest({ time: cloud.now().toISOString(), action, code, requestId, taskId });
  // The content type is exactly this: with a charset some of the vendor's clients take an error for a success.
  response.writeHead(200, { "Content-Type": "application/json", Date: cloud.now().toUTCString() });
  response.end(JSON.stringify({ Response: { ...answer, RequestId: requestId } }));
}

interface Outcome {
  readonly action: string | null;
  readonly code: string | null;
  readonly answer: Readonly<Record<string, unknown>>;
}

function outcomeOf(message: IncomingMessage, body: Buffer, cloud: Cloud): Outcome {
  let request: ApiRequest | undefined;
  try {
    request = parseRequest(message, body);
    return { action: actionOf(request), code: null, answer: { ...dispatch(request, cloud) } };
  } catch (error) {
    const refusal =
      error instanceof CloudError ? error : new CloudError("InternalError", "An internal error occurred.");
    const { code } = refusal;
    const language = request && commonParameter(request, "Language");
    const answer = { Error: { Code: code, Message: messageIn(language, refusal) } };
    return { action: request ? actionOf(request) : null, code, answer };
  }
}

const actionOf = (request: ApiRequest): string | null => commonParameter(request, "Action") ?? null;

function answerMetadata(
  message: IncomingMessage,
  response: ServerResponse,
  metadata: Metadata,
  now: Clock,
  { onRequest }: ApiServerOptions,
): void {
  const action = message.url?.split("?")[0] ?? "";
  const { status, contentType, body } = metadata.answer(action);
  const code = status === 200 ? null : String(status);
  onRequest({ time: now().toISOString(), action, code, requestId: randomUUID(), taskId: null });
  response.writeHead(status, { "Content-Type": contentType, Date: now().toUTCString() });
  response.end(body);
}
