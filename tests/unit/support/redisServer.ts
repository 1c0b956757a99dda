import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type TlsOptions, createServer as createTlsServer } from "node:tls";

/** What a server does with a connection: it sends one response to everything, or calls a function. */
export type Script = string | ((socket: Socket) => void);

/** A server that simulates Redis, with a test's responses. */
export interface RedisServer {
  readonly port: number;
  /** Returns all data that it has received. */
  readonly received: () => string;
  /** Returns the number of connections so far. */
  readonly connections: () => number;
  /** Returns whether all connections are closed within 30 s. */
  readonly closed: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Returns a function that starts such a server, which is stopped after the test. */
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
