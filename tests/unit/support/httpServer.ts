import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A complete request. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export type Respond = (response: ServerResponse, request: Received) => void;

/** Port 1 of this machine, where nothing listens. */
export const closedUrl = new URL("http://127.0.0.1:1");

export interface HttpServer {
  readonly url: URL;
  stop(): Promise<void>;
}

/** Starts an HTTP server on a free port of 127.0.0.1. */
export async function startHttpServer(respond: Respond): Promise<HttpServer> {
  const server = createServer((request, response) => {
    receive(request).then(
      (received) => respond(response, received),
      // The client has disconnected before its request was complete.
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const { method = "", url = "", headers } = request;
  return { method, path: url, headers, body: await text(request) };
}

/** Provides a server in all tests of a file: it records its requests, and sends the given responses. */
export function useHttpServer() {
  let server: HttpServer;
  const state = {
    received: [] as Received[],
    respond: (() => {}) as Respond,
    get url(): URL {
      return server.url;
    },
  };
  beforeEach(async () => {
    state.received = [];
    server = await startHttpServer((response, request) => {
      state.received.push(request);
      state.respond(response, request);
    });
  });
  afterEach(() => server.stop());
  return state;
}

/** Responds to a request like the service: always HTTP 200, with the content in an envelope. */
export function answer(content: object): Respond {
  return (response) => {
    // Node's own header has Node's time, not the test's.
    if (response.sendDate && !response.hasHeader("Date")) response.setHeader("Date", new Date().toUTCString());
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ Response: content }));
  };
}

/** Responds to every request with this status. */
export const respondWith =
  (status: number, headers: Record<string, string> = {}, body = ""): Respond =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** Accepts the request and never responds. */
export const neverAnswer: Respond = () => {};

/** Accepts the request, and disconnects, so that the client cannot know whether it was carried out. */
export const loseAnswer: Respond = (response) => response.destroy();
