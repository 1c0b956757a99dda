import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

import { type ApiRequest, commonParameter, parseRequest, readBody } from "./apiRequest";
import type { Clock } from "./clock";
import { CloudError } from "./cloudError";
import { deliver } from "./deliver";
import { type Cloud, admit } from "./dispatch";
import { messageIn } from "./messages";
import { type Metadata, isMetadataPath } from "./metadata";
import type { Fault, FaultKind } from "./parseFault";

/** A request as it is logged: nothing of it that could be a secret. */
export interface RequestRecord {
  /** ISO 8601, UTC, by the clock of the cloud. */
  readonly time: string;
  /** The action's name, or the path of a request to the metadata service. */
  readonly action: string | null;
  /** The error's code, or the HTTP status where it is another than 200; null for a success, or no answer. */
  readonly code: string | null;
  /** As in the answer. */
  readonly requestId: string;
  /** The task that the request has started, or null. */
  readonly taskId: number | null;
  /** The kind of the fault that applied, or null. */
  readonly fault: FaultKind | null;
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
    if (isMetadataPath(message.url)) answerMetadata(message, response, metadata, cloud.clock, options);
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
  const { action, code, answer, fault } = outcomeOf(message, body, cloud);
  const taskId = typeof answer.TaskId === "number" ? answer.TaskId : null;
  onRequest({ time: cloud.clock.now().toISOString(), action, code, requestId, taskId, fault: fault?.kind ?? null });
  deliver(response, JSON.stringify({ Response: { ...answer, RequestId: requestId } }), fault, cloud.clock);
}

interface Outcome {
  readonly action: string | null;
  readonly code: string | null;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly fault: Fault | undefined;
}

function outcomeOf(message: IncomingMessage, body: Buffer, cloud: Cloud): Outcome {
  let request: ApiRequest | undefined;
  let fault: Fault | undefined;
  try {
    request = parseRequest(message, body);
    const action = actionOf(request);
    fault = cloud.faults.take(action, "on arrival");
    if (fault) return { action, code: fault.kind === "http" ? String(fault.status) : null, answer: {}, fault };
    const call = admit(request, cloud);
    fault = cloud.faults.take(action, "when admitted");
    return { action, code: null, answer: { ...call(fault) }, fault };
  } catch (error) {
    const refusal =
      error instanceof CloudError ? error : new CloudError("InternalError", "An internal error occurred.");
    const { code } = refusal;
    const language = request && commonParameter(request, "Language");
    const answer = { Error: { Code: code, Message: messageIn(language, refusal) } };
    return { action: request ? actionOf(request) : null, code, answer, fault };
  }
}

const actionOf = (request: ApiRequest): string | null => commonParameter(request, "Action") ?? null;

function answerMetadata(
  message: IncomingMessage,
  response: ServerResponse,
  metadata: Metadata,
  clock: Clock,
  { onRequest }: ApiServerOptions,
): void {
  const action = message.url?.split("?")[0] ?? "";
  const { status, contentType, body } = metadata.answer(action);
  const code = status === 200 ? null : String(status);
  onRequest({ time: clock.now().toISOString(), action, code, requestId: randomUUID(), taskId: null, fault: null });
  response.writeHead(status, { "Content-Type": contentType, Date: clock.now().toUTCString() });
  response.end(body);
}
