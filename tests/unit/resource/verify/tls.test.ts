import { mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TlsOptions } from "node:tls";

import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { type Certificate, expire, makeCertificate } from "../../support/certificates";
import { useRedisServers } from "../../support/redisServer";
import { verifyAt } from "../../../support/verifyAt";

const serve = useRedisServers();
const password = "zy456987";

let folder: string;
let authority: Certificate;
/** For the name redis.example.com and the address 10.9.8.7. */
let server: Certificate;
let local: Certificate;
let expired: Certificate;
let alone: Certificate;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "verify-tls-"));
  authority = makeCertificate(folder, "authority", "DNS:authority");
  server = makeCertificate(folder, "server", "DNS:redis.example.com,IP:10.9.8.7", "authority");
  local = makeCertificate(folder, "local", "DNS:localhost,IP:127.0.0.1", "authority");
  makeCertificate(folder, "expired", "IP:127.0.0.1", "authority");
  expired = expire(folder, "expired", "authority");
  alone = makeCertificate(folder, "alone", "IP:127.0.0.1");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns what a server saw of one attempt, and the result. */
async function attempt(certificate: Certificate, address: object, options: TlsOptions = {}) {
  let sni: string | false | null = null;
  const { key, cert } = certificate;
  const { port, received } = await serve(
    (socket) => {
      sni = (socket as Socket & { servername: string | false }).servername;
      socket.once("data", () => socket.write("+OK\r\n"));
    },
    { key, cert, ...options },
  );
  const result = await verifyAt({ port, tls: true, ...address }, new Secret(password), 5000);
  return { result, received: received(), sni: () => sni };
}

describe("a password is accepted over TLS", () => {
  it.each<[string, () => Certificate, () => object, string | false]>([
    ["at an address in the certificate", () => local, () => ({ ca: authority.cert }), false],
    ["at a name in the certificate", () => local, () => ({ host: "localhost", ca: authority.cert }), "localhost"],
    [
      "at another host, with the name as servername",
      () => server,
      () => named("redis.example.com"),
      "redis.example.com",
    ],
    ["at another host, with an address as servername", () => server, () => named("10.9.8.7"), false],
    ["if ca contains several authorities", () => local, () => ({ ca: alone.cert + authority.cert }), false],
    ["with a self-signed certificate as ca", () => alone, () => ({ ca: alone.cert }), false],
  ])("%s", async (_, certificate, address, sni) => {
    const seen = await attempt(certificate(), address());
    expect(seen.result).toEqual({ outcome: "accepted" });
    expect(seen.received).toBe("*2\r\n$4\r\nAUTH\r\n$8\r\nzy456987\r\n");
    expect(seen.sni()).toBe(sni);
  });

  const named = (servername: string) => ({ servername, ca: authority.cert });
});

describe("the result is unknown, and the password is not sent, if the certificate", () => {
  const otherName =
    "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: 10.9.8.7: " +
    "set verify.servername to a name in the certificate";

  it.each<[string, () => Certificate, () => object, string | RegExp]>([
    ["has another name", () => server, () => ({ ca: authority.cert }), otherName],
    [
      "does not have the servername",
      () => server,
      () => ({ ca: authority.cert, servername: "other.example.com" }),
      /^Hostname\/IP does not match certificate's altnames: .*: set verify.servername to a name in the certificate$/,
    ],
    ["has expired", () => expired, () => ({ ca: authority.cert }), "certificate has expired"],
    ["is from an untrusted authority", () => local, () => ({}), /: set verify.ca to the authority's certificate$/],
    [
      "is from another authority than ca",
      () => local,
      () => ({ ca: alone.cert }),
      /: set verify.ca to the authority's certificate$/,
    ],
    ["is self-signed", () => alone, () => ({}), "self-signed certificate: set verify.ca to the server's certificate"],
  ])("%s", async (_, certificate, address, reason) => {
    const { result, received } = await attempt(certificate(), address());
    expect(result).toEqual({ outcome: "unknown", reason: expect.stringMatching(reason) as string });
    expect(received).toBe("");
  });
});

it("the result is unknown if the server requires a client certificate", async () => {
  const options = { requestCert: true, rejectUnauthorized: true, ca: authority.cert };
  const { result } = await attempt(local, { ca: authority.cert }, options);
  expect(result).toEqual({ outcome: "unknown", reason: expect.stringMatching(/\w/) as string });
});

it("the result is unknown if the server responds without TLS, and the password is not sent", async () => {
  const { port, received } = await serve("-ERR unknown command\r\n");
  const result = await verifyAt({ port, tls: true }, new Secret(password), 5000);
  const reason = "the server does not speak TLS: check verify.port and verify.tls";
  expect(result).toEqual({ outcome: "unknown", reason });
  expect(received()).not.toContain(password);
});

it.each([
  ["closes the connection during the handshake", (socket: { end(): void }) => socket.end()],
  ["does not respond during the handshake", () => undefined],
])("the result is unknown if the server %s", async (_, script) => {
  const { port, closed } = await serve((socket) => socket.once("data", () => script(socket)));
  const result = await verifyAt({ port, tls: true }, new Secret(password), 300);
  expect(result).toEqual({
    outcome: "unknown",
    reason: expect.stringMatching(/^(Client network socket disconnected|timed out)/) as string,
  });
  await expect(closed()).resolves.toBe(true);
});
