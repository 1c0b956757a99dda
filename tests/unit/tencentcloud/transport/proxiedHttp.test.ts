import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeCertificate } from "../../support/certificates";
import { type ConnectProxy, startConnectProxy } from "../../support/connectProxy";
import { startHttpServer } from "../../support/httpServer";
import type { Sending, Sent } from "../../support/sendEach";
import { type SocksProxy, startSocksProxy } from "../../support/socksProxy";

// A name below this one leads nowhere, but for the proxy, which knows where the service is. Loopback is never proxied.
const domain = "redis.invalid";

let folder: string;
let service: Server;
let strangeService: Server;
let proxy: ConnectProxy;
let tlsProxy: ConnectProxy;
let strangeProxy: ConnectProxy;
let socksProxy: SocksProxy;
/** Which hosts the service was asked for. */
const arrived: unknown[] = [];
const results = new Map<string, Sent>();

const statusFor = (target: string) =>
  ({ userless: 407, refused: 502, silent: "silently" as const })[target.split(".")[0] ?? ""];

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function startService(options: object): Promise<Server> {
  const server = createServer(options, (request, response) => {
    arrived.push(request.headers.host);
    response.end("the service");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** All requests of this file, in this order: to start a process for each would take long. */
async function sendings(): Promise<[string, Sending][]> {
  const gone = await startHttpServer(() => {});
  await gone.stop();
  const through = proxy.url.href;
  const withUser = through.replace("//", "//user:theS3CRET@");
  const to = (host: string): string => `https://${host}.${domain}`;
  return [
    // Those that come to no request, and so are not to load undici, come first.
    ["malformed", { url: to("malformed"), variables: { HTTPS_PROXY: "http://user:theS3CRET@" } }],
    ["of another kind", { url: to("ftp"), variables: { HTTPS_PROXY: "ftp://user:theS3CRET@proxy.invalid" } }],
    ["direct", { url: to("direct"), variables: {} }],
    ["exempt", { url: to("exempt"), variables: { HTTPS_PROXY: through, NO_PROXY: `.${domain}` } }],
    ["exempt by the other spelling", { url: to("exempt"), variables: { https_proxy: through, no_proxy: domain } }],
    ["for http only", { url: to("http-only"), variables: { HTTP_PROXY: through } }],
    ["loopback", { url: `https://127.0.0.1:${portOf(service)}`, variables: { HTTPS_PROXY: through } }],
    ["unknown issuer", { url: `https://127.0.0.1:${portOf(strangeService)}`, variables: {} }],
    ["another name", { url: `https://localhost:${portOf(service)}`, variables: {} }],
    ["proxied", { url: to("proxied"), variables: { HTTPS_PROXY: through } }],
    ["proxied by the other spelling", { url: to("lower"), variables: { https_proxy: through } }],
    ["proxied to a port", { url: `${to("port")}:8443`, variables: { HTTPS_PROXY: through } }],
    ["proxied without a scheme", { url: to("bare"), variables: { HTTPS_PROXY: proxy.url.host } }],
    ["proxied for a user", { url: to("user"), variables: { HTTPS_PROXY: withUser } }],
    ["without its user", { url: to("userless"), variables: { HTTPS_PROXY: through } }],
    ["with a wrong user", { url: to("userless"), variables: { HTTPS_PROXY: withUser } }],
    ["refused", { url: to("refused"), variables: { HTTPS_PROXY: withUser } }],
    ["closed in the place of an answer", { url: to("silent"), variables: { HTTPS_PROXY: withUser } }],
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

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "certificates-"));
  makeCertificate(folder, "unknown", "DNS:unknown.invalid");
  const strange = makeCertificate(folder, "strange", "IP:127.0.0.1", "unknown");
  const trusted = makeCertificate(folder, "trusted", `DNS:*.${domain},IP:127.0.0.1`);
  service = await startService(trusted);
  strangeService = await startService(strange);
  proxy = await startConnectProxy(portOf(service), statusFor);
  tlsProxy = await startConnectProxy(portOf(service), statusFor, trusted);
  strangeProxy = await startConnectProxy(portOf(service), statusFor, strange);
  socksProxy = await startSocksProxy(portOf(service), { method: 2 });
  const all = await sendings();
  const sent = await run(
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

function run(sendings: Sending[], environment: object): Promise<Sent[]> {
  const support = path.join(__dirname, "..", "..", "support");
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

const askedFor = (host: string) => proxy.asked.filter(({ target }) => target.startsWith(`${host}.`));

it.each([
  ["proxied", "proxied", 443],
  ["proxied by the other spelling", "lower", 443],
  ["proxied to a port", "port", 8443],
  ["proxied without a scheme", "bare", 443],
])("a request passes through the proxy: %s", (name, host, port) => {
  expect(results.get(name)).toEqual({ status: 200, body: "the service", isUndiciLoaded: true });
  expect(askedFor(host)).toEqual([{ target: `${host}.${domain}:${port}`, authorization: undefined }]);
  expect(arrived).toContain(port === 443 ? `${host}.${domain}` : `${host}.${domain}:${port}`);
});

it("the proxy is told for whom it is", () => {
  expect(results.get("proxied for a user")).toMatchObject({ status: 200 });
  const authorization = `Basic ${Buffer.from("user:theS3CRET").toString("base64")}`;
  expect(askedFor("user")).toEqual([{ target: `user.${domain}:443`, authorization }]);
});

it.each([
  ["direct", "direct"],
  ["exempt", "exempt"],
  ["exempt by the other spelling", "exempt"],
  ["for http only", "http-only"],
])("a request does not pass through a proxy: %s", (name, host) => {
  expect(results.get(name)).toMatchObject({
    // Its name leads nowhere without the proxy.
    error: {
      name: "TransportError",
      outcome: "unreachable",
      message: expect.stringContaining(`${host}.${domain}`) as unknown,
    },
  });
  expect(askedFor(host)).toEqual([]);
});

it("this machine itself is never asked for through a proxy", () => {
  expect(results.get("loopback")).toMatchObject({ status: 200, body: "the service" });
  expect(proxy.asked.filter(({ target }) => target.startsWith("127."))).toEqual([]);
});

it.each(["malformed", "of another kind"])(
  "a proxy that is none is a wrong setting, whose value is not shown, and nothing is loaded to send with: %s",
  (name) => {
    expect(results.get(name)).toEqual({
      error: {
        name: "SettingsError",
        message: "HTTPS_PROXY must give the address of a proxy, such as http://proxy.example:3128",
      },
      isUndiciLoaded: false,
    });
  },
);

it.each([
  ["refused", `the proxy refused to connect to refused.${domain}:443 (502)`],
  ["closed in the place of an answer", "the proxy closed the connection"],
  ["gone", "cannot connect to the proxy: connect ECONNREFUSED 127.0.0.1:"],
])("where the proxy lets nothing through, nothing was sent: %s", (name, reason) => {
  const { error } = results.get(name) as Sent;
  expect(error).toMatchObject({ name: "TransportError", outcome: "unreachable" });
  expect(error?.message).toContain(`Anything got no usable answer: ${reason}`);
  expect(error?.message).not.toMatch(/S3CRET|[\r\n]/);
});

it("a proxy that closes the connection in the place of an answer is asked once, not again and again", () => {
  expect(askedFor("silent")).toHaveLength(1);
});

it.each(["without its user", "with a wrong user"])(
  "where the proxy wants to know for whom it is, there is no trying again: %s",
  (name) => {
    const { error } = results.get(name) as Sent;
    expect(error).toEqual({
      name: "TransportError",
      outcome: "refused",
      message: "Anything got no usable answer: proxy authentication failed (407): check HTTPS_PROXY",
    });
  },
);

it("a proxy that is reached by TLS gets the user and the password decoded, and so does a SOCKS5 proxy", () => {
  expect(results.get("proxied with TLS to the proxy")).toMatchObject({ status: 200 });
  const authorization = `Basic ${Buffer.from("us@er:%:the/S3CRET").toString("base64")}`;
  expect(tlsProxy.asked).toEqual([{ target: `tls.${domain}:443`, authorization }]);
  expect(results.get("proxied by SOCKS5")).toMatchObject({ status: 200 });
  expect(socksProxy.credentials).toEqual([{ user: Buffer.from("us@er"), password: Buffer.from("%:the/S3CRET") }]);
  expect(arrived).toEqual(expect.arrayContaining([`tls.${domain}`, `socks.${domain}`]));
});

const untrusted = "this machine does not trust the certificate of";

it.each([
  ["unknown issuer", `${untrusted} 127.0.0.1:`],
  ["unknown issuer", "(UNABLE_TO_VERIFY_LEAF_SIGNATURE): set NODE_EXTRA_CA_CERTS"],
  ["proxy of an unknown issuer", `${untrusted} the proxy (UNABLE_TO_VERIFY_LEAF_SIGNATURE): set NODE_EXTRA_CA_CERTS`],
  ["another name", "Hostname/IP does not match certificate's altnames"],
  ["proxied to another name", "Hostname/IP does not match certificate's altnames"],
])("a certificate that does not fit is no matter of trying again: %s", (name, reason) => {
  const { error } = results.get(name) as Sent;
  expect(error).toMatchObject({ name: "TransportError", outcome: "refused" });
  expect(error?.message).toMatch(/^Anything got no usable answer: /);
  expect(error?.message).toContain(reason);
});

it("no word of a proxy's user or password is shown, whatever came of the request", () => {
  expect(JSON.stringify([...results.values()])).not.toContain("S3CRET");
});

it("without WebAssembly, which the HTTP client needs, nothing is sent and there is no trying again", async () => {
  const sending = { url: `https://127.0.0.1:${portOf(service)}`, variables: {} };
  const before = arrived.length;
  const [sent] = await run([sending], { NODE_OPTIONS: "--jitless" });
  expect(sent?.error).toEqual({
    name: "TransportError",
    outcome: "refused",
    message: `Anything got no usable answer: Node.js has no WebAssembly: do not run it with --jitless (127.0.0.1:${portOf(service)})`,
  });
  expect(arrived).toHaveLength(before);
});
