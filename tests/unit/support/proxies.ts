import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";

import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { type ConnectProxy, startConnectProxy } from "./connectProxy";
import "./errorsOfNode";
import { useHttpServer } from "./httpServer";
import { type SocksOptions, type SocksProxy, startSocksProxy } from "./socksProxy";

/** A name that only the proxy can resolve. */
const url = new URL("http://redis.invalid");

/** Provides a service, and proxies in front of it, in all tests of a file. */
export function useProxies() {
  const service = useHttpServer();
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(() => {
    service.respond = (response) => response.end("the service");
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const proxy of running.splice(0)) await proxy.stop();
  });

  const send = (proxy: string, changes: object = {}) => {
    const sendHttp = createHttpTransport((name) => (name === "HTTP_PROXY" ? proxy : undefined));
    return sendHttp("Anything", { url, body: "{}", timeoutMs: 5000, ...changes });
  };

  async function useConnectProxy(): Promise<ConnectProxy> {
    const proxy = await startConnectProxy(Number(service.url.port), () => undefined);
    running.push(proxy);
    return proxy;
  }

  async function useSocksProxy(options: SocksOptions = {}): Promise<SocksProxy> {
    const proxy = await startSocksProxy(Number(service.url.port), options);
    running.push(proxy);
    return proxy;
  }

  /**
   * Starts a server that responds to anything with these bytes, and then disconnects, resets the connection or waits.
   */
  async function useRawProxy(
    bytes: string | number[],
    then: "end" | "reset" | "wait",
    onAsked?: () => void,
  ): Promise<string> {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket.on("error", () => undefined));
      socket.once("data", () => {
        socket.write(Buffer.from(bytes as string));
        if (then === "end") socket.end();
        if (then === "reset") socket.resetAndDestroy();
        onAsked?.();
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const stop = async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    };
    running.push({ stop });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return { service, send, useConnectProxy, useSocksProxy, useRawProxy };
}
