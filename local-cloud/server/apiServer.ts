import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

import { readBody } from "../protocol/apiRequest";
import { isLocalHost } from "../protocol/localHost";
import type { Clock } from "../system/clock";
import { startError } from "../system/startError";
import { answerApi } from "./answerApi";
import type { Cloud } from "./cloud";
import { type Delivery, prepareDelivery } from "./delivery";
import { type Metadata, isMetadataPath } from "./metadata";
import type { RequestRecord } from "./requestRecord";

export interface ApiServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly onRequest: (record: RequestRecord) => void;
}

/** Serves the API and the metadata service over HTTP on 127.0.0.1. */
export async function startApiServer(cloud: Cloud, metadata: Metadata, options: ApiServerOptions): Promise<Server> {
  const { onRequest } = options;
  // The API itself rejects long URLs, with its own error.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (message, response) => {
    if (isMetadataPath(message.url)) serveMetadata(message, response, metadata, cloud.clock, onRequest);
    else void serveApi(message, response, cloud, onRequest);
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw startError(
      `listening on 127.0.0.1:${options.port}`,
      error,
      "Choose another port with `--port`, or 0 for any free port.",
    );
  });
  return server;
}

async function serveApi(
  message: IncomingMessage,
  response: ServerResponse,
  cloud: Cloud,
  onRequest: ApiServerOptions["onRequest"],
): Promise<void> {
  const body = await readBody(message).catch(() => undefined);
  // The client disconnected before its request was complete: no response is possible.
  if (!body) return;
  const answer = answerApi(cloud, message, body);
  onRequest(answer.record);
  const delivery = prepareDelivery(answer);
  if (!delivery) response.destroy();
  else if (await isStillOpenAfter(delivery.delayMs, response, cloud.clock)) send(response, delivery, cloud.clock);
}

/** Waits, and returns whether the client is still connected. Once the cloud is stopped, it is not. */
async function isStillOpenAfter(delayMs: number, response: ServerResponse, clock: Clock): Promise<boolean> {
  if (delayMs === 0) return true;
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return clock.sleep(delayMs, closed.signal).then(
    () => true,
    () => false,
  );
}

function send(response: ServerResponse, { status, contentType, body }: Omit<Delivery, "delayMs">, clock: Clock): void {
  response.writeHead(status, { "Content-Type": contentType, Date: clock.now().toUTCString() });
  response.end(body);
}

function serveMetadata(
  message: IncomingMessage,
  response: ServerResponse,
  metadata: Metadata,
  clock: Clock,
  onRequest: ApiServerOptions["onRequest"],
): void {
  const action = message.url?.split("?")[0] ?? "";
  const answer = isLocalHost(message.headers.host) ? metadata.answer(action) : foreignHost;
  const code = answer.status === 200 ? null : String(answer.status);
  onRequest({ time: clock.now().toISOString(), action, code, requestId: randomUUID(), taskId: null, fault: null });
  send(response, answer, clock);
}

/** A web page could resolve its own host name to this machine, and then get the role's key. */
const foreignHost = {
  status: 403,
  contentType: "text/plain",
  body: "The metadata service responds only if the Host header is a loopback address, such as 127.0.0.1.",
} as const;
