import { verifyPassword } from "../../provider/verify";
import { everythingOf } from "./support/failure";
import { useRedisServers } from "./support/redisServer";

const serve = useRedisServers();

const password = "zy456987";
const verify = (port: number, remainingMs = 5000) => verifyPassword({ host: "127.0.0.1", port }, password, remainingMs);

it("a password is accepted that AUTH accepts, and nothing else is asked", async () => {
  const { port, received } = await serve("+OK\r\n");
  await expect(verify(port)).resolves.toEqual({ outcome: "accepted" });
  expect(received()).toBe("*2\r\n$4\r\nAUTH\r\n$8\r\nzy456987\r\n");
});

it.each([
  ["accepted", "+OK\r\n"],
  ["refused", "-WRONGPASS invalid username-password pair\r\n"],
])("no connection is left open once a password is %s", async (_, reply) => {
  const { port, closed } = await serve(reply);
  await verify(port);
  await expect(closed()).resolves.toBe(true);
});

it.each([
  ["Redis 6 and later", "WRONGPASS invalid username-password pair or user is disabled."],
  ["Redis 5 and earlier", "ERR invalid password"],
  [
    "Redis 6 and later without a password",
    "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
  ],
  ["Redis 5 and earlier without a password", "ERR Client sent AUTH, but no password is set"],
])("a password is refused in the words of %s", async (_, reason) => {
  const { port } = await serve(`-${reason}\r\n`);
  await expect(verify(port)).resolves.toEqual({ outcome: "refused", reason });
});

it.each([
  ["is still starting", "LOADING Redis is loading the dataset in memory"],
  ["has too many clients", "ERR max number of clients reached"],
  ["lets nobody in from here", "DENIED Redis is running in protected mode"],
  ["names another error of its own", "MISCONF Error: the disk is full"],
  ["speaks of passwords beside it", "LOADING wait, then WRONGPASS may come"],
])("nothing is known of the password where the instance %s", async (_, reason) => {
  const { port } = await serve(`-${reason}\r\n`);
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason });
});

it("nothing is known where nobody listens", async () => {
  const { port, stop } = await serve();
  await stop();
  const reason = `connect ECONNREFUSED 127.0.0.1:${port}`;
  await expect(verify(port)).resolves.toEqual({ outcome: "unknown", reason });
});

it("nothing is known where no answer comes in time", async () => {
  const { port } = await serve();
  await expect(verify(port, 100)).resolves.toEqual({ outcome: "unknown", reason: "no answer in time" });
});

it("nothing is known where something else than TLS answers, and TLS is asked for", async () => {
  const { port, received } = await serve("+OK\r\n");
  const result = verifyPassword({ host: "127.0.0.1", port, tls: true }, password, 5000);
  await expect(result).resolves.toMatchObject({ outcome: "unknown" });
  expect(received()).not.toContain(password);
});

it("a password is refused that holds the very word that says so", async () => {
  const { port } = await serve("-WRONGPASS invalid username-password pair\r\n");
  const result = verifyPassword({ host: "127.0.0.1", port }, "xWRONGPASS1", 5000);
  await expect(result).resolves.toMatchObject({ outcome: "refused" });
});

it("the words of a server come in one line that can be read", async () => {
  const { port } = await serve(`-WRONGPASS \u001b[2J\u0007${"no ".repeat(10_000)}\r\n`);
  const result = await verify(port);
  expect(result.outcome).toBe("refused");
  expect("reason" in result && result.reason).toMatch(/^WRONGPASS \[2J no no [ -~]{900,1000} …$/);
});

it("a server that repeats the password does not get it into the reason", async () => {
  const { port } = await serve(`-ERR invalid password: ${password}\r\n`);
  const result = await verify(port);
  expect(result).toEqual({ outcome: "refused", reason: "ERR invalid password: [secret]" });
  expect(everythingOf(result)).not.toContain(password);
});
