import { rootCertificates } from "node:tls";

import { findProblems, unknownValue } from "../../../../../provider/resource/contract/inputs";

const program = { instanceId: "crs-5a4py64p", password: "zy456987", region: "ap-guangzhou" };
const address = { host: "10.0.0.1", port: 6379, tls: true };
const problems = (changes: object) => findProblems({ ...program, verify: { ...address, ...changes } });

const [first = "", second = ""] = rootCertificates;
const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n";

describe("the input verify accepts", () => {
  it.each([
    "redis.example.com",
    "redis.example.com.",
    "redis",
    "my_redis-1",
    "localhost",
    "生产.example.com",
    "10.0.0.1",
    "::1",
    "[::1]",
    "2001:db8::ff00:42:8329",
    "[2001:db8::1]",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "1.2",
  ])("the host and the servername %s", (host) => {
    expect(problems({ host })).toEqual([]);
    expect(problems({ servername: host })).toEqual([]);
  });

  it.each([
    ["one certificate", first],
    ["several certificates", `${first}\n${second}\n`],
    ["a certificate with CRLF line ends", first.replaceAll("\n", "\r\n")],
    [
      "certificates with text around them, as in openssl's output",
      `Subject: CN = A\n${first}\nSubject: CN = B\n${second}\n`,
    ],
  ])("a ca: %s", (_, ca) => {
    expect(problems({ ca })).toEqual([]);
  });

  it.each([null, undefined])("optional fields as %s", (none) => {
    expect(problems({ tls: none, ca: none, servername: none })).toEqual([]);
  });

  it("a ca and a servername if a preview does not know yet whether TLS is used", () => {
    expect(problems({ tls: unknownValue, ca: first, servername: "redis" })).toEqual([]);
  });
});

const withPort = "verify.host: must be a host name or an address, without a port: set verify.port";
const notAHost = "verify.host: must be a host name or an address, nothing else";
const notPem = "verify.ca: must be the text of certificates in PEM format, not the path of a file";
const withKey = "verify.ca: must hold certificates only, no private key";

describe("the input verify rejects, with the field and the rule,", () => {
  it.each([
    ["10.0.0.1:6379", withPort],
    ["redis.example.com:6379", withPort],
    ["redis:", withPort],
    ["[::1]:6379", withPort],
    ["", "verify.host: is empty"],
    [" ", notAHost],
    ["10.0.0.1 ", notAHost],
    ["10.0.0.1\n", notAHost],
    ["a b", notAHost],
    ["redis://10.0.0.1", notAHost],
    ["rediss://10.0.0.1:6379", notAHost],
    ["redis://:password@10.0.0.1:6379/0", notAHost],
    ["user@10.0.0.1", notAHost],
    ["user:password@10.0.0.1", notAHost],
    ["/tmp/redis.sock", notAHost],
    ["10.0.0.0/24", notAHost],
    ["10.0.0.1,10.0.0.2", notAHost],
    ["10.0.0.1?x", notAHost],
    ["10.0.0.1#x", notAHost],
    ["[]", notAHost],
    ["[10.0.0.1]", notAHost],
    ["[::1", notAHost],
    ["::1]", notAHost],
    ["[[::1]]", notAHost],
    ["x[::1]", notAHost],
    ["::g", notAHost],
    ["redis\0", notAHost],
    ["*", notAHost],
  ])("the host %j", (host, rule) => {
    expect(problems({ host })).toEqual([rule]);
  });

  it.each([
    ["a path", "/etc/ssl/ca.pem", notPem],
    ["an empty string", "", "verify.ca: is empty"],
    ["white space", " \n", "verify.ca: is empty"],
    ["only base64", first.replace(/-----.*-----/g, ""), notPem],
    ["another kind of PEM", first.replaceAll("CERTIFICATE", "CERTIFICATE REQUEST"), notPem],
    ["a truncated certificate", first.slice(0, 300), notPem],
    ["a corrupt certificate", first.replace(/\n[A-Za-z0-9+/=]+\n/, "\nAAAA\n"), notPem],
    ["escaped line ends", first.replaceAll("\n", "\\n"), notPem],
    ["a valid certificate and a corrupt one", `${first}\n${first.replace("MI", "AA")}`, notPem],
    ["a private key", key, withKey],
    ["a certificate and a private key", `${first}\n${key}`, withKey],
    ["a certificate and an RSA private key", `${first}\n${key.replaceAll("PRIVATE", "RSA PRIVATE")}`, withKey],
    ["a Buffer", Buffer.from(first), "verify.ca: must be a string, certificates in PEM format"],
  ])("a ca: %s", (_, ca, rule) => {
    expect(problems({ ca })).toEqual([rule]);
  });

  it.each([
    ["", "verify.servername: is empty"],
    ["redis.example.com:6379", "verify.servername: must be a host name or an address, nothing else"],
    ["*.example.com", "verify.servername: must be a host name or an address, nothing else"],
    [5, "verify.servername: must be a string, the name in the server's certificate"],
  ])("the servername %j", (servername, rule) => {
    expect(problems({ servername })).toEqual([rule]);
  });

  it.each([false, undefined, null])("a ca and a servername without TLS: %s", (tls) => {
    expect(problems({ tls, ca: first, servername: "redis" })).toEqual([
      "verify.ca: needs tls: true",
      "verify.servername: needs tls: true",
    ]);
  });

  it.each(["cert", "key", "username", "password", "rejectUnauthorized", "serverName"])("a field %s", (field) => {
    expect(problems({ [field]: "x" })).toEqual([`verify.${field}: is not an input of RedisInstancePassword`]);
  });
});
