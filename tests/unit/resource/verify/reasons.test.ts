import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { inspectError } from "../../support/failure";
import { useRedisServers } from "../../support/redisServer";
import { verifyAt } from "../../../support/verifyAt";

const serve = useRedisServers();

const text = "zy456987";
const password = new Secret(text);
const verify = (port: number, remainingMs = 5000) => verifyAt({ port }, password, remainingMs);

it("a server's message is shown in one readable line", async () => {
  const { port } = await serve(`-WRONGPASS \u001b[2J\u0007${"no ".repeat(10_000)}\r\n`);
  const result = await verify(port);
  expect(result.outcome).toBe("refused");
  expect("reason" in result && result.reason).toMatch(/^WRONGPASS \[2J no no [ -~]{700,800} … [ no]{100,200}$/);
});

it.each([
  ["-WRONGPASS not PASSWORD\r\n", { outcome: "refused", reason: "WRONGPASS not [secret]" }],
  ["$8\r\nPASSWORD\r\n", { outcome: "unknown", reason: 'unexpected answer "$8 [secret]"' }],
  [
    "-ERR unknown command 'AUTH', with args beginning with: 'PASSWORD'\r\n",
    { outcome: "unknown", reason: "ERR unknown command 'AUTH', with args beginning with: '[secret]'" },
  ],
])("a password that the server repeats is not in the reason: %j", async (reply, expected) => {
  const { port } = await serve(reply.replace("PASSWORD", text));
  const result = await verify(port);
  expect(result).toEqual(expected);
  expect(inspectError(result)).not.toContain(text);
});
