/** Verifies the password at real Redis servers, whose messages must be the ones that the provider recognizes. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type Socket, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { findFreePort } from "../../local-cloud/system/redisServer";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import { type Certificate, makeCertificate } from "../unit/support/certificates";
import { verifyAt } from "../support/verifyAt";

const program = "redis-server";
const password = "zy456987";
let folder: string;
let certificate: Certificate;
let servers: ChildProcess[] = [];
let sockets: Socket[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "verify-redis-"));
  certificate = makeCertificate(folder, "redis", "IP:127.0.0.1");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(
    servers.map(async (server) => {
      if (server.kill()) await once(server, "exit");
    }),
  );
  [servers, sockets] = [[], []];
});

/** Starts an in-memory server with these lines of configuration, and returns its port. */
async function startRedis(lines: readonly string[], isTls = false): Promise<number> {
  for (;;) {
    const port = await findFreePort();
    const output = await readOutput(port, lines, isTls);
    if (output.includes("Ready to accept connections")) return port;
    // Between the choice of the port and the start of the server, another process may take it.
    if (!/in use/i.test(output)) throw new Error(`the Redis server has not started: ${output}`);
  }
}

/** Starts a server, and returns its output up to the line that it is ready, or to its end. */
async function readOutput(port: number, lines: readonly string[], isTls: boolean): Promise<string> {
  const ports = isTls ? ["port 0", `tls-port ${port}`] : [`port ${port}`];
  const server = spawn(program, ["-"], { stdio: ["pipe", "pipe", "inherit"], cwd: folder });
  servers.push(server);
  server.stdin.end(["bind 127.0.0.1", ...ports, 'save ""', "appendonly no", ...lines, ""].join("\n"));
  let output = "";
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    output += chunk.toString();
    if (output.includes("Ready to accept connections")) break;
  }
  return output;
}

const verify = (port: number, address: object = {}) => verifyAt({ port, ...address }, new Secret(password), 60_000);

const version = Number(/v=(\d+)/.exec(execFileSync(program, ["--version"]).toString())?.[1]);
// Redis 5 has neither ACLs nor TLS.
const ofRedis6 = version >= 6 ? it : it.skip;

it.each<[string, readonly string[], string, RegExp]>([
  ["the same password", [`requirepass ${password}`], "accepted", /^$/],
  ["another password", ["requirepass another-1"], "refused", /^(WRONGPASS|ERR invalid password)/],
  ["none", [], "passwordless", /^ERR (AUTH|Client sent AUTH)/],
  [
    "the command under another name",
    [`requirepass ${password}`, "rename-command AUTH OTHER"],
    "unknown",
    /^ERR unknown command .AUTH./,
  ],
])("a server with %s is recognized", async (_, lines, outcome, reason) => {
  const result = await verify(await startRedis(lines));
  expect(result.outcome).toBe(outcome);
  expect("reason" in result ? result.reason : "").toMatch(reason);
});

ofRedis6.each<[string, readonly string[], string]>([
  ["a default user that has several passwords", [`user default on >another-1 >${password} ~* +@all`], "accepted"],
  ["a default user that may only sign in", [`user default on >${password}`], "accepted"],
  ["a default user that is off", [`user default off >${password} ~* +@all`], "refused"],
  [
    "the password for another user only",
    [`user other on >${password} ~* +@all`, "user default on >another-1"],
    "refused",
  ],
  ["a default user without a password", ["user default on nopass ~* +@all"], "passwordless"],
])("with access control, a server with %s is found out", async (_, lines, outcome) => {
  await expect(verify(await startRedis(lines))).resolves.toMatchObject({ outcome });
});

it("a server with too many clients leaves the result unknown", async () => {
  const port = await startRedis([`requirepass ${password}`, "maxclients 1"]);
  const first = connect(port, "127.0.0.1");
  sockets.push(first);
  first.write("PING\r\n");
  await once(first, "data");
  for (let attempt = 0; attempt < 20; attempt++) {
    await expect(verify(port)).resolves.toEqual({
      outcome: "unknown",
      reason: expect.stringMatching(/^ERR max number of clients reached$|ECONNRESET|EPIPE/) as string,
    });
  }
});

describe("over TLS", () => {
  const lines = () => [
    `requirepass ${password}`,
    `tls-cert-file ${certificate.file}`,
    `tls-key-file ${certificate.file.replace(/cert$/, "key")}`,
    "tls-auth-clients no",
  ];

  ofRedis6("the password is accepted with its certificate as the ca", async () => {
    const port = await startRedis(lines(), true);
    const result = verify(port, { tls: true, ca: certificate.cert });
    await expect(result).resolves.toEqual({ outcome: "accepted" });
  });

  ofRedis6("a connection without TLS leaves it unknown", async () => {
    const result = await verify(await startRedis(lines(), true));
    expect(result).toEqual({
      outcome: "unknown",
      reason: expect.stringMatching(/^the server speaks TLS: set verify.tls$|closed without|ECONNRESET/) as string,
    });
  });
});
