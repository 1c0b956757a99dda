import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { type Script, useRedisServers } from "../../support/redisServer";
import { verifyAt } from "../../../support/verifyAt";

const serve = useRedisServers();

const text = "zy456987";
const password = new Secret(text);
const verify = (port: number, remainingMs = 5000) => verifyAt({ port }, password, remainingMs);

/** Responds to each message with a test's function. */
const answer =
  (...writes: readonly string[]): Script =>
  (socket) => {
    socket.once("data", () => {
      for (const text of writes) socket.write(text);
    });
  };

it("a password that AUTH accepts is accepted, without any other command", async () => {
  const { port, received } = await serve("+OK\r\n");
  await expect(verify(port)).resolves.toEqual({ outcome: "accepted" });
  expect(received()).toBe("*2\r\n$4\r\nAUTH\r\n$8\r\nzy456987\r\n");
});

it.each([
  ["multi-byte UTF-8", "pä密码🔑1"],
  ["spaces and quotes", ` "a' b\\" `],
  ["line ends and commands", "x\r\n*1\r\n$8\r\nFLUSHALL\r\n"],
  ["a zero byte", "a\0b"],
])("a password with %s is sent unchanged", async (_, odd) => {
  const { port, received } = await serve("+OK\r\n");
  await verifyAt({ port }, new Secret(odd), 5000);
  expect(received()).toBe(`*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(odd)}\r\n${odd}\r\n`);
});

it("a password is accepted if the response arrives in pieces", async () => {
  const { port } = await serve((socket) => {
    socket.setNoDelay();
    socket.once("data", () => {
      const pieces = "+OK\r\n".split(/(?:)/);
      const next = (): void => {
        const piece = pieces.shift();
        if (piece !== undefined) socket.write(piece, () => setImmediate(next));
      };
      next();
    });
  });
  await expect(verify(port)).resolves.toEqual({ outcome: "accepted" });
});

it.each([
  ["Redis 6 and later", "WRONGPASS invalid username-password pair or user is disabled."],
  ["a compatible server", "WRONGPASS"],
  ["Redis 5 and earlier, and of proxies", "ERR invalid password"],
  ["a proxy that capitalizes it", "ERR Invalid password."],
])("a password counts as refused after the message of %s", async (_, reason) => {
  const { port } = await serve(`-${reason}\r\n`);
  await expect(verify(port)).resolves.toEqual({ outcome: "refused", reason });
});

it.each([
  [
    "Redis 6 and later",
    "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
  ],
  ["Redis 5 and earlier", "ERR Client sent AUTH, but no password is set"],
])("an instance without a password is recognized by the message of %s", async (_, reason) => {
  const { port } = await serve(`-${reason}\r\n`);
  await expect(verify(port)).resolves.toEqual({ outcome: "passwordless", reason });
});

it.each([
  ["is still starting", "LOADING Redis is loading the dataset in memory"],
  ["has too many clients", "ERR max number of clients reached"],
  ["is in protected mode", "DENIED Redis is running in protected mode"],
  ["has another error", "MISCONF Error: the disk is full"],
  ["mentions WRONGPASS in another error", "LOADING wait, then WRONGPASS may come"],
  ["does not have the command", "ERR unknown command 'AUTH'"],
  ["does not have the command, and repeats its arguments", "ERR unknown command `AUTH`, with args beginning with:"],
  ["is a proxy whose AUTH timed out", "ERR AUTH timeout"],
  ["is a proxy that failed", "ERR AUTH failed: the password could not be checked"],
  ["is a proxy that timed out on an invalid password", "ERR invalid password timeout in proxy"],
  ["requires a user name", "ERR wrong number of arguments for 'auth' command"],
  ["requires authentication", "NOAUTH Authentication required."],
  ["denies the command", "NOPERM this user has no permissions to run the 'auth' command"],
  ["returns another code that begins with WRONGPASS", "WRONGPASSTHROUGH mode is on"],
  ["returns wrongpass in lower case", "wrongpass invalid"],
  ["reports an expired password", "ERR password expired"],
])("the result is unknown if the instance %s", async (_, reason) => {
  const { port } = await serve(`-${reason}\r\n`);
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason });
});

it.each([
  ["a RESP3 response", "_\r\n", "_"],
  ["a RESP3 error", "!21\r\nWRONGPASS is not this\r\n", "!21 WRONGPASS is not this"],
  ["a bulk string", "$2\r\nOK\r\n", "$2 OK"],
  ["another status", "+QUEUED\r\n", "+QUEUED"],
  ["+ok in lower case", "+ok\r\n", "+ok"],
  ["a longer status", "+OK Dovecot ready.\r\n", "+OK Dovecot ready."],
  ["a second status", "+OK\r\n+OK\r\n", "+OK +OK"],
  ["+OK after a blank line", "\r\n+OK\r\n", "+OK"],
  ["+OK after a space", " +OK\r\n", "+OK"],
  ["+OK with another line end", "+OK\n", "+OK"],
  ["a web server's response", "HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.1 400 Bad Request"],
  ["a mail server's greeting", "220 mail.example.com ESMTP\r\n", "220 mail.example.com ESMTP"],
  ["only a line end", "\r\n", ""],
])("only +OK is a success: the result is unknown after %s", async (_, reply, shown) => {
  const { port } = await serve(answer(reply));
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason: `unexpected answer "${shown}"` });
});

it("a password that equals the word for a refusal is refused", async () => {
  const { port } = await serve("-WRONGPASS invalid username-password pair\r\n");
  const result = verifyAt({ port }, new Secret("xWRONGPASS1"), 5000);
  await expect(result).resolves.toMatchObject({ outcome: "refused" });
});
