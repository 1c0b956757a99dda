import { isLocalHost } from "../../../../local-cloud/protocol/localHost";
import { start, stopAll } from "../support/cloud";
import { exchange } from "../support/exchange";
import { json } from "../support/requests";

afterEach(stopAll);

const local = ["127.0.0.1", "127.0.0.1:80", "127.1.2.3", "localhost", "LOCALHOST:8080", "localhost.:80", "[::1]:80"];
// TCCLI sends a URL as the Host header.
const sentByTccli = "http://127.0.0.1:80";
const foreign = [
  ...["attacker.example", "attacker.example:80", "127.0.0.1.attacker.example", "localhost.attacker.example"],
  ...["10.0.0.1", "169.254.0.23", "127.1", "[::2]", "", ":80", "127.0.0.1@attacker.example", "user@127.0.0.1"],
  ...["attacker.example/127.0.0.1", "metadata.tencentyun.com", "127.0.0.1:80:80", "http://attacker.example"],
];

it.each([...local, sentByTccli])("%j names this machine", (host) => {
  expect(isLocalHost(host)).toBe(true);
});

it.each([...foreign, undefined])("%j does not name this machine", (host) => {
  expect(isLocalHost(host)).toBe(false);
});

it.each(["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/builder"])(
  "the metadata service returns %s only to a loopback host",
  async (path) => {
    const port = await start({ cvmRole: "builder" });
    const ask = (host: string) => exchange(port, { method: "GET", path, headers: { Host: host } });
    for (const host of ["attacker.example", `attacker.example:${port}`]) {
      const { status, body } = await ask(host);
      expect(status).toBe(403);
      expect(body).toMatch(/^The metadata service responds only if the Host header is a loopback address/);
    }
    expect((await ask(`localhost:${port}`)).status).toBe(200);
  },
);

it.each([
  ["attacker.example", "AuthFailure"],
  ["sts.tencentcloudapi.com", undefined],
  ["127.0.0.1", undefined],
])("the error code of an unsigned request for a key to %s is %s", async (host, code) => {
  const port = await start();
  const parameters = { RoleArn: "qcs::cam::uin/1:roleName/ci", RoleSessionName: "unit", ProviderId: "OIDC" };
  const { headers, body } = json(port, {
    action: "AssumeRoleWithWebIdentity",
    parameters: { ...parameters, WebIdentityToken: "token" },
    host,
    headers: { Authorization: "SKIP" },
  });
  const answer = JSON.parse((await exchange(port, { headers, body })).body) as {
    Response: { Error?: { Code: string } };
  };
  expect(answer.Response.Error?.Code.split(".")[0]).toBe(code);
});
