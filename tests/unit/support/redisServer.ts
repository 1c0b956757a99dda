import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type TlsOptions, createServer as createTlsServer } from "node:tls";

/** What a server does with a connection: answers all that it is sent with one text, or whatever a test needs. */
export type Script = string | ((socket: Socket) => void);

/** A server that stands in for Redis, and answers as a test says, or not at all. */
export interface RedisServer {
  readonly port: number;
  /** All that it was sent. */
  readonly received: () => string;
  /** How many connections it has had. */
  readonly connections: () => number;
  /** Whether all who came are gone before long. */
  readonly closed: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Starts and ends such servers, in all tests of a file. */
export function useRedisServers(): (script?: Script, tls?: TlsOptions) => Promise<RedisServer> {
  let running: RedisServer[] = [];
  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    running = [];
  });
  return async (script, tls) => {
    const server = await start(script, tls);
    running.push(server);
    return server;
  };
}

async function start(script: Script | undefined, tls: TlsOptions | undefined): Promise<RedisServer> {
  let received = "";
  const sockets: Socket[] = [];
  const accept = (socket: Socket): void => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      received += data.toString();
      if (typeof script === "string") socket.write(script);
    });
    if (typeof script === "function") script(socket);
  };
  const server: Server = tls ? createTlsServer(tls, accept) : createServer(accept);
  server.on("connection", (socket: Socket) => sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received,
    connections: () => sockets.length,
    closed: async () => {
      for (let wait = 0; wait < 3000 && sockets.some((socket) => !socket.closed); wait++) await sleep(10);
      return sockets.every((socket) => socket.closed);
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      for (const socket of sockets) socket.destroy();
      server.close();
      await closed;
    },
  };
}
