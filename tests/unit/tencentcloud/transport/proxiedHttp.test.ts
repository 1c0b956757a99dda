import type { Sent } from "../../support/sendEach";
import {
  arrived,
  askedFor,
  domain,
  readPort,
  proxy,
  results,
  sendAll,
  service,
  socksProxy,
  tlsProxy,
  useProxiedRequests,
} from "../../support/proxiedRequests";

useProxiedRequests();

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

it("the proxy gets the user and the password", () => {
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
    // The name does not resolve without the proxy.
    error: {
      name: "TransportError",
      outcome: "unreachable",
      message: expect.stringContaining(`${host}.${domain}`) as unknown,
    },
  });
  expect(askedFor(host)).toEqual([]);
});

it("requests to loopback never pass through a proxy", () => {
  expect(results.get("loopback")).toMatchObject({ status: 200, body: "the service" });
  expect(proxy.asked.filter(({ target }) => target.startsWith("127."))).toEqual([]);
});

it.each(["malformed", "of another kind"])(
  "an invalid proxy URL is a settings error that hides the value, and undici is not loaded: %s",
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
  ["closed without an answer", "the proxy closed the connection"],
  ["gone", "cannot connect to the proxy: connect ECONNREFUSED 127.0.0.1:"],
])("if the proxy refuses the tunnel, nothing was sent: %s", (name, reason) => {
  const { error } = results.get(name) as Sent;
  expect(error).toMatchObject({ name: "TransportError", outcome: "unreachable" });
  expect(error?.message).toContain(`Anything was not sent: ${reason}`);
  expect(error?.message).not.toMatch(/S3CRET|[\r\n]/);
});

it("a proxy that closes the connection without a response is asked once", () => {
  expect(askedFor("silent")).toHaveLength(1);
});

it.each(["without its user", "with a wrong user"])(
  "a proxy that requires authentication is not asked again: %s",
  (name) => {
    const { error } = results.get(name) as Sent;
    expect(error).toEqual({
      name: "TransportError",
      outcome: "refused",
      message: "Anything was not sent: proxy authentication failed (407): check HTTPS_PROXY",
    });
  },
);

it("a proxy behind TLS gets the user and the password decoded, and so does a SOCKS5 proxy", () => {
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
])("a certificate that cannot be verified is not retried: %s, %j", (name, reason) => {
  const { error } = results.get(name) as Sent;
  expect(error).toMatchObject({ name: "TransportError", outcome: "refused" });
  expect(error?.message).toMatch(/^Anything was not sent: /);
  expect(error?.message).toContain(reason);
});

it("no result contains the proxy's user or password", () => {
  expect(JSON.stringify([...results.values()])).not.toContain("S3CRET");
});

it("without WebAssembly, which the HTTP client needs, nothing is sent or retried", async () => {
  const sending = { url: `https://127.0.0.1:${readPort(service)}`, variables: {} };
  const before = arrived.length;
  const [sent] = await sendAll([sending], { NODE_OPTIONS: "--jitless" });
  expect(sent?.error).toEqual({
    name: "TransportError",
    outcome: "refused",
    message: `Anything was not sent: Node.js has no WebAssembly: do not run it with --jitless (127.0.0.1:${readPort(service)})`,
  });
  expect(arrived).toHaveLength(before);
});
