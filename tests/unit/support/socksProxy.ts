import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

export interface SocksProxy {
  readonly url: URL;
  /** Every requested tunnel. */
  readonly asked: { readonly target: string; readonly type: number }[];
  /** The authentication methods that each connection has offered. */
  readonly offered: number[][];
  /** Every user and password, as bytes. */
  readonly credentials: { readonly user: Buffer; readonly password: Buffer }[];
  stop(): Promise<void>;
}

export interface SocksOptions {
  /** 0 none, 2 user and password, 255 no acceptable one. */
  readonly method?: number;
  readonly authStatus?: number;
  readonly reply?: number;
  /** The bound address in the proxy's reply: its type, the address and the port. */
  readonly bound?: readonly number[];
  /** Whether each response is sent byte by byte. */
  readonly isSlow?: boolean;
}

/** Starts a SOCKS5 proxy on this machine that opens every tunnel to the same local port. */
export async function startSocksProxy(
  port: number,
  { method = 0, authStatus = 0, reply = 0, bound = [1, 127, 0, 0, 1, 0, 80], isSlow = false }: SocksOptions = {},
): Promise<SocksProxy> {
  const asked: SocksProxy["asked"] = [];
  const offered: SocksProxy["offered"] = [];
  const credentials: SocksProxy["credentials"] = [];
  const sockets = new Set<Socket>();

  async function serve(socket: Socket): Promise<void> {
    const take = reader(socket);
    const say = async (...bytes: number[]): Promise<void> => {
      for (const part of isSlow ? bytes.map((byte) => [byte]) : [bytes]) {
        socket.write(Buffer.from(part));
        await new Promise(setImmediate);
      }
    };
    offered.push([...(await take((await take(2))[1] ?? 0))]);
    await say(5, method);
    if (method === 2) {
      const user = await take((await take(2))[1] ?? 0);
      const password = await take((await take(1))[0] ?? 0);
      credentials.push({ user, password });
      await say(1, authStatus);
      if (authStatus !== 0) return void socket.end();
    }
    const type = (await take(4))[3] ?? 0;
    const address = await take(type === 1 ? 4 : type === 4 ? 16 : ((await take(1))[0] ?? 0));
    const asText = type === 3 ? address.toString() : address.toString("hex");
    asked.push({ target: `${asText}:${(await take(2)).readUInt16BE()}`, type });
    await say(5, reply, 0, ...bound);
    if (reply !== 0) return void socket.end();
    const upstream = connect(port, "127.0.0.1");
    sockets.add(upstream);
    for (const [from, to] of [[socket, upstream] as const, [upstream, socket] as const]) {
      from.pipe(to);
      from.on("error", () => to.destroy());
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    serve(socket).catch(() => socket.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: new URL(`socks5://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    offered,
    credentials,
    async stop() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Returns a function that reads a number of bytes. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes = socket.read(length) as Buffer | null;
      if (bytes) return bytes;
      if (socket.readableEnded || socket.destroyed) throw new Error("the client has gone");
      await Promise.race([once(socket, "readable"), once(socket, "end")]);
    }
  };
}
