import dns from "node:dns";
import type { Socket } from "node:net";

import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { type Script, useRedisServers } from "../../support/redisServer";
import { verifyAt } from "../../../support/verifyAt";

const serve = useRedisServers();

const text = "zy456987";
const password = new Secret(text);
const verify = (port: number, remainingMs = 5000) => verifyAt({ port }, password, remainingMs);

type Found = (error: null, addresses: readonly object[]) => void;

const answerAndClose =
  (text: string): Script =>
  (socket) => {
    socket.once("data", () => socket.end(text));
  };

it.each([
  ["accepted", "+OK\r\n"],
  ["refused", "-WRONGPASS invalid username-password pair\r\n"],
  ["not verified", "-NOAUTH Authentication required.\r\n"],
])("no connection is left open once a password is %s", async (_, reply) => {
  const { port, closed } = await serve(reply);
  await verify(port);
  await expect(closed()).resolves.toBe(true);
});

it.each([
  ["without a response", "", "the connection was closed without an answer"],
  ["in the middle of a success", "+OK", 'unexpected answer "+OK"'],
  ["in the middle of a refusal", "-WRONGPASS inv", 'unexpected answer "-WRONGPASS inv"'],
  ["after a TLS alert", "\x15\x03\x03\0\x02\x02\x46", "the server speaks TLS: set verify.tls"],
])("the result is unknown if the connection is closed %s", async (_, text, reason) => {
  const { port } = await serve(answerAndClose(text));
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason });
});

it("the result is unknown if the connection is reset", async () => {
  const { port } = await serve((socket) => socket.resetAndDestroy());
  await expect(verify(port)).resolves.toMatchObject({
    outcome: "unknown",
    reason: expect.stringMatching(/./) as string,
  });
});

it("the result is unknown if the connection is refused", async () => {
  const { port, stop } = await serve();
  await stop();
  const reason = `connect ECONNREFUSED 127.0.0.1:${port}`;
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason });
});

it("the result is unknown if all addresses of a host refuse the connection, each of which is named", async () => {
  const { port, stop } = await serve();
  await stop();
  const lookup = jest.spyOn(dns, "lookup").mockImplementation(((_host: string, _options: object, found: Found) => {
    found(null, [
      { address: "127.0.0.1", family: 4 },
      { address: "127.0.0.2", family: 4 },
    ]);
  }) as unknown as typeof dns.lookup);
  const result = await verifyAt({ host: "redis.example.com", port }, password, 5000);
  lookup.mockRestore();
  const reason = `connect ECONNREFUSED 127.0.0.1:${port}, connect ECONNREFUSED 127.0.0.2:${port}`;
  expect(result).toEqual({ outcome: "unknown", reason });
});

describe("a response that never ends times out", () => {
  /** Writes again and again, until the connection is gone. */
  const flood =
    (text: string, everyMs: number) =>
    (socket: Socket): void => {
      const timer = setInterval(() => socket.write(text), everyMs);
      socket.on("close", () => clearInterval(timer));
    };

  it("if no bytes arrive", async () => {
    const { port, closed } = await serve();
    await expect(verify(port, 100)).resolves.toEqual({ outcome: "unknown", reason: "timed out" });
    await expect(closed()).resolves.toBe(true);
  });

  it("if bytes keep arriving slowly", async () => {
    const { port, closed } = await serve(flood("+", 20));
    await expect(verify(port, 200)).resolves.toEqual({ outcome: "unknown", reason: "timed out" });
    await expect(closed()).resolves.toBe(true);
  });

  it.each(["-WRONGPASS ", "+"])("if a line has no end: %s", async (beginning) => {
    const { port, closed } = await serve((socket) => {
      socket.write(beginning);
      flood("x".repeat(65_536), 1)(socket);
    });
    const reason = "the answer is longer than 64 KB";
    await expect(verify(port, 60_000)).resolves.toEqual({ outcome: "unknown", reason });
    await expect(closed()).resolves.toBe(true);
  });
});
