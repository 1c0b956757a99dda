import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";

/** The parts of a request that a server can echo. */
export interface Received {
  readonly authorization: string;
  readonly body: string;
}

export interface RawServer {
  readonly url: URL;
  /** Returns the bytes of each response from now on, after which the server disconnects. */
  reply: (request: Received) => string | Buffer;
  /** The number of complete requests so far. */
  received: number;
  stop(): Promise<void>;
}

/** A server that implements just enough HTTP to receive a request, and responds with any bytes. */
export async function startRawServer(): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    let text = "";
    socket.setEncoding("utf8").on("data", (data: string) => {
      text += data;
      const [head = "", body] = text.split("\r\n\r\n", 2);
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (body === undefined || Buffer.byteLength(body) < length) return;
      raw.received += 1;
      socket.end(raw.reply({ authorization: /^authorization: (.*)$/im.exec(head)?.[1] ?? "", body }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const raw: RawServer = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    reply: () => "",
    received: 0,
    async stop() {
      const closed = once(server, "close");
      for (const socket of sockets) socket.destroy();
      server.close();
      await closed;
    },
  };
  return raw;
}

/** Returns an HTTP response. */
export function http(status: number, body: string | Buffer, headers: Record<string, string> = {}): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} Said\r\n${lines.join("")}Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

export const ok = (content: unknown): Buffer => http(200, JSON.stringify({ Response: content }));
