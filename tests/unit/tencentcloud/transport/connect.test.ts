import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { TLSSocket } from "node:tls";

import { buildConnector } from "undici";

import { connectorThrough } from "../../../../provider/tencentcloud/transport/connect";
import { proxyFor } from "../../../../provider/tencentcloud/transport/proxy";
import { type Certificate, makeCertificate } from "../../support/certificates";
import { type ConnectProxy, startConnectProxy } from "../../support/connectProxy";
import { catchError } from "../../support/failure";
import { useProxies } from "../../support/proxies";

const { useRawProxy } = useProxies();

let folder: string;
let certificate: Certificate;
let service: Server;
let proxy: ConnectProxy;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "certificates-"));
  certificate = makeCertificate(folder, "service", "DNS:redis.invalid");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  service = createServer(certificate).listen(0, "127.0.0.1");
  await once(service, "listening");
  proxy = await startConnectProxy((service.address() as AddressInfo).port, () => undefined);
});
afterEach(async () => {
  jest.useRealTimers();
  await proxy.stop();
  service.close();
});

/** Connects to a service through a proxy, and trusts only the given certificate authority, if there is one. */
function connect(address: string, proxyHost: string, ca?: string): Promise<Socket> {
  const url = new URL(address);
  const { protocol, host, hostname, port } = url;
  const build: typeof buildConnector = (options) => buildConnector({ ...options, ...(ca && { ca }) });
  const connector = connectorThrough(
    proxyFor(url, () => `http://${proxyHost}`),
    build,
  );
  return new Promise((resolve, reject) => {
    connector({ protocol, host, hostname, port }, (error, socket) => (error ? reject(error) : resolve(socket)));
  });
}

it("a connection through a proxy is encrypted for the service, and its certificate is verified", async () => {
  const socket = await connect("https://redis.invalid", proxy.url.host, certificate.cert);
  expect(socket).toBeInstanceOf(TLSSocket);
  expect(socket).toHaveProperty("authorized", true);
  socket.destroy();
});

it("a service behind a proxy is not used if its certificate is not trusted", async () => {
  const connecting = connect("https://redis.invalid", proxy.url.host);
  expect(await catchError(() => connecting)).toMatchObject({
    peer: "service",
    cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
});

it.each([
  ["https://redis.invalid", "redis.invalid:443"],
  ["https://redis.invalid:8443", "redis.invalid:8443"],
  ["http://redis.invalid", "redis.invalid:80"],
  ["http://redis.invalid:8080", "redis.invalid:8080"],
])("the tunnel leads to the service's port: %s", async (address, target) => {
  (await connect(address, proxy.url.host, certificate.cert)).destroy();
  expect(proxy.asked).toMatchObject([{ target }]);
});

describe("a time limit", () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] }));

  it("ends the wait for a proxy that does not respond, which may be temporary", async () => {
    let ask: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const connecting = catchError(async () => connect("http://redis.invalid", await useRawProxy("", "wait", ask)));
    await asked;
    jest.advanceTimersByTime(10_000);
    expect(await connecting).toMatchObject({
      peer: "proxy",
      message: "the proxy did not answer in time",
      cause: { isTransient: true },
    });
  });

  it("does not end an established connection", async () => {
    const socket = await connect("http://redis.invalid", proxy.url.host);
    jest.advanceTimersByTime(60_000);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});
