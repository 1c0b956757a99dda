import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeCertificate } from "./certificates";
import { type ConnectProxy, startConnectProxy } from "./connectProxy";
import { startHttpServer } from "./httpServer";
import type { Sending, Sent } from "./sendEach";
import { type SocksProxy, startSocksProxy } from "./socksProxy";

// Names in this domain do not resolve, but the proxy forwards them to the service. Loopback is never proxied.
export const domain = "redis.invalid";

let folder: string;
export let service: Server;
let strangeService: Server;
export let proxy: ConnectProxy;
export let tlsProxy: ConnectProxy;
let strangeProxy: ConnectProxy;
export let socksProxy: SocksProxy;
/** The hosts of the requests to the service. */
export const arrived: unknown[] = [];
export const results = new Map<string, Sent>();

const statusFor = (target: string) =>
  ({ userless: 407, refused: 502, silent: "silently" as const })[target.split(".")[0] ?? ""];

export const readPort = (server: Server): number => (server.address() as AddressInfo).port;

async function startService(options: object): Promise<Server> {
  const server = createServer(options, (request, response) => {
    arrived.push(request.headers.host);
    response.end("the service");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Returns all requests of this file, in order: a separate process for each would take too long. */
async function sendings(): Promise<[string, Sending][]> {
  const gone = await startHttpServer(() => {});
  await gone.stop();
  const through = proxy.url.href;
  const withUser = through.replace("//", "//user:theS3CRET@");
  const to = (host: string): string => `https://${host}.${domain}`;
  return [
    // Requests that are never sent, and so must not load undici, come first.
    ["malformed", { url: to("malformed"), variables: { HTTPS_PROXY: "http://user:theS3CRET@" } }],
    ["of another kind", { url: to("ftp"), variables: { HTTPS_PROXY: "ftp://user:theS3CRET@proxy.invalid" } }],
    ["direct", { url: to("direct"), variables: {} }],
    ["exempt", { url: to("exempt"), variables: { HTTPS_PROXY: through, NO_PROXY: `.${domain}` } }],
    ["exempt by the other spelling", { url: to("exempt"), variables: { https_proxy: through, no_proxy: domain } }],
    ["for http only", { url: to("http-only"), variables: { HTTP_PROXY: through } }],
    ["loopback", { url: `https://127.0.0.1:${readPort(service)}`, variables: { HTTPS_PROXY: through } }],
    ["unknown issuer", { url: `https://127.0.0.1:${readPort(strangeService)}`, variables: {} }],
    ["another name", { url: `https://localhost:${readPort(service)}`, variables: {} }],
    ["proxied", { url: to("proxied"), variables: { HTTPS_PROXY: through } }],
    ["proxied by the other spelling", { url: to("lower"), variables: { https_proxy: through } }],
    ["proxied to a port", { url: `${to("port")}:8443`, variables: { HTTPS_PROXY: through } }],
    ["proxied without a scheme", { url: to("bare"), variables: { HTTPS_PROXY: proxy.url.host } }],
    ["proxied for a user", { url: to("user"), variables: { HTTPS_PROXY: withUser } }],
    ["without its user", { url: to("userless"), variables: { HTTPS_PROXY: through } }],
    ["with a wrong user", { url: to("userless"), variables: { HTTPS_PROXY: withUser } }],
    ["refused", { url: to("refused"), variables: { HTTPS_PROXY: withUser } }],
    ["closed without an answer", { url: to("silent"), variables: { HTTPS_PROXY: withUser } }],
    ["gone", { url: to("gone"), variables: { HTTPS_PROXY: gone.url.href.replace("//", "//user:theS3CRET@") } }],
    ["proxied with TLS to the proxy", { url: to("tls"), variables: { HTTPS_PROXY: withCredentials(tlsProxy.url) } }],
    ["proxied by SOCKS5", { url: to("socks"), variables: { ALL_PROXY: withCredentials(socksProxy.url) } }],
    [
      "proxy of an unknown issuer",
      { url: to("strange"), variables: { HTTPS_PROXY: withCredentials(strangeProxy.url) } },
    ],
    ["proxied to another name", { url: "https://other.invalid", variables: { HTTPS_PROXY: through } }],
  ];
}

const withCredentials = ({ protocol, host }: URL): string =>
  `${protocol.replace("socks5:", "socks5h:")}//us%40er:%:the/S3CRET@${host}`;

/** Sends all requests before the tests of a file. */
export function useProxiedRequests(): void {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "certificates-"));
    makeCertificate(folder, "unknown", "DNS:unknown.invalid");
    const strange = makeCertificate(folder, "strange", "IP:127.0.0.1", "unknown");
    const trusted = makeCertificate(folder, "trusted", `DNS:*.${domain},IP:127.0.0.1`);
    service = await startService(trusted);
    strangeService = await startService(strange);
    proxy = await startConnectProxy(readPort(service), statusFor);
    tlsProxy = await startConnectProxy(readPort(service), statusFor, trusted);
    strangeProxy = await startConnectProxy(readPort(service), statusFor, strange);
    socksProxy = await startSocksProxy(readPort(service), { method: 2 });
    const all = await sendings();
    const sent = await sendAll(
      all.map(([, sending]) => sending),
      { NODE_EXTRA_CA_CERTS: trusted.file },
    );
    all.forEach(([name], index) => results.set(name, sent[index] as Sent));
  });

  afterAll(async () => {
    for (const each of [proxy, tlsProxy, strangeProxy, socksProxy]) await each.stop();
    for (const server of [service, strangeService]) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(folder, { recursive: true });
  });
}

export function sendAll(sendings: Sending[], environment: object): Promise<Sent[]> {
  const support = __dirname;
  const args = ["-r", path.join(support, "typescript.cjs"), path.join(support, "sendEach.ts")];
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...environment } };
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }));
      else resolve(JSON.parse(stdout) as Sent[]);
    });
    child.stdin?.end(JSON.stringify(sendings));
  });
}

export const askedFor = (host: string) => proxy.asked.filter(({ target }) => target.startsWith(`${host}.`));
