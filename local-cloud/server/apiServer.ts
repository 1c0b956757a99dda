import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";

import { readBody } from "../protocol/apiRequest";
import { isLocalHost } from "../protocol/localHost";
import type { Clock } from "../system/clock";
import { startError } from "../system/startError";
import type { Cloud } from "./admit";
import { type RequestRecord, answerApi } from "./answerApi";
import { type Delivery, deliveryOf } from "./delivery";
import { type Metadata, isMetadataPath } from "./metadata";

export interface ApiServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly onRequest: (record: RequestRecord) => void;
}

/** Speaks the API over HTTP on 127.0.0.1, and beside it the metadata service. */
export async function startApiServer(cloud: Cloud, metadata: Metadata, options: ApiServerOptions): Promise<Server> {
  const { onRequest } = options;
  // Long addresses are refused by the API, in its own words.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (message, response) => {
    if (isMetadataPath(message.url)) serveMetadata(message, response, metadata, cloud.clock, onRequest);
    else void serveApi(message, response, cloud, onRequest);
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw startError(
      `listening on 127.0.0.1:${options.port}`,
      error,
      "Choose another port (`--port`), or 0 for any free one.",
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
  // The client has gone before its request was here: nothing was asked.
  if (!body) return;
  const answer = answerApi(cloud, message, body);
  onRequest(answer.record);
  const delivery = deliveryOf(answer);
  if (!delivery) response.destroy();
  else if (await isStillOpenAfter(delivery.delayMs, response, cloud.clock)) send(response, delivery, cloud.clock);
}

/** Waits, and returns whether the client is still there: when the cloud is stopped, none is. */
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

/** A page of the web could have its own name resolved to this machine, and would then be given the role's key. */
const foreignHost = {
  status: 403,
  contentType: "text/plain",
  body: "The metadata service answers only to a loopback address, such as 127.0.0.1, in the Host header.",
} as const;
