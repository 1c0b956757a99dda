import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, type Socket, connect } from "node:net";

export interface ConnectProxy {
  readonly url: URL;
  /** Every requested tunnel, as `host:port`, with its authorization. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[];
  stop(): Promise<void>;
}

/** Starts a proxy on this machine that opens every tunnel to the same local port. */
export async function startConnectProxy(
  port: number,
  refuse: (target: string) => number | "silently" | undefined,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<ConnectProxy> {
  const asked: ConnectProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const server = certificate ? createTlsServer(certificate) : createServer();
  server.on("request", (_, response: ServerResponse) => response.writeHead(405).end());
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", ({ url = "", headers }: IncomingMessage, socket: Socket) => {
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    const status = refuse(url);
    if (status === "silently") {
      socket.end();
      return;
    }
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    sockets.add(upstream);
    for (const [from, to] of [[socket, upstream] as const, [upstream, socket] as const]) {
      from.pipe(to);
      from.on("error", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`${certificate ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    async stop() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
