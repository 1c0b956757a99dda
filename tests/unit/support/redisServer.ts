import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A server in the place of Redis, which answers all that it is sent with one text, or with nothing. */
export interface RedisServer {
  readonly port: number;
  /** All that it was sent. */
  readonly received: () => string;
  /** Whether all who came are gone within a second. */
  readonly closed: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Starts and ends such servers, in all tests of a file. */
export function useRedisServers(): (reply?: string) => Promise<RedisServer> {
  let running: RedisServer[] = [];
  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    running = [];
  });
  return async (reply) => {
    const server = await start(reply);
    running.push(server);
    return server;
  };
}

async function start(reply: string | undefined): Promise<RedisServer> {
  let received = "";
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      received += data.toString();
      if (reply !== undefined) socket.write(reply);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received,
    closed: async () => {
      for (let wait = 0; wait < 100 && sockets.some((socket) => !socket.closed); wait++) await sleep(10);
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
