import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { verifyPassword } from "../../../../provider/resource/verify/verifyPassword";
import { useRedisServers } from "../../support/redisServer";

const serve = useRedisServers();

const text = "zy456987/&+";
const login = { account: "app", password: new Secret(text) };
const joined = `app@${text}`;
const toCommand = (...words: string[]): string =>
  [`*${words.length}`, ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word])]
    .map((line) => `${line}\r\n`)
    .join("");
const joinedAuth = toCommand("AUTH", joined);
const separateAuth = toCommand("AUTH", "app", text);
const wrong = "-WRONGPASS invalid username-password pair\r\n";
const passwordless = "-ERR Client sent AUTH, but no password is set\r\n";

/** Verifies a password at a server with these responses to each form of AUTH. Also returns the received commands. */
async function verify(answers: { readonly joined: string; readonly separate?: string }, known = new Redactor()) {
  const commands: string[] = [];
  const { port } = await serve((socket) => {
    socket.once("data", (data: Uint8Array) => {
      const command = String(data);
      commands.push(command);
      socket.end(command === joinedAuth ? answers.joined : (answers.separate ?? ""));
    });
  });
  return { result: await verifyPassword({ host: "127.0.0.1", port }, login, 10_000, known), commands };
}

describe("the password of an account is tried", () => {
  it.each<[string, { joined: string; separate?: string }, object, string[]]>([
    [
      "only joined with the account name if that is accepted",
      { joined: "+OK\r\n" },
      { outcome: "accepted" },
      [joinedAuth],
    ],
    [
      "separate from the account name if the joined form is refused",
      { joined: wrong, separate: "+OK\r\n" },
      { outcome: "accepted" },
      [joinedAuth, separateAuth],
    ],
    [
      "in both forms before it counts as refused",
      { joined: wrong, separate: "-WRONGPASS another reason\r\n" },
      { outcome: "refused", reason: "WRONGPASS invalid username-password pair" },
      [joinedAuth, separateAuth],
    ],
    [
      "in both forms before it counts as refused by a server that supports only one",
      { joined: "-ERR invalid password\r\n", separate: "-ERR wrong number of arguments for 'auth' command\r\n" },
      { outcome: "refused", reason: "ERR invalid password" },
      [joinedAuth, separateAuth],
    ],
    [
      "separate from the account name if the default account has no password",
      { joined: passwordless, separate: "+OK\r\n" },
      { outcome: "accepted", isPasswordFree: true },
      [joinedAuth, separateAuth],
    ],
    [
      "in both forms if the default account has no password",
      { joined: passwordless, separate: "-ERR wrong number of arguments for 'auth' command\r\n" },
      { outcome: "passwordless", reason: "ERR Client sent AUTH, but no password is set" },
      [joinedAuth, separateAuth],
    ],
    [
      "once if the result is unknown",
      { joined: "-LOADING Redis is loading the dataset in memory\r\n" },
      { outcome: "unknown", reason: "LOADING Redis is loading the dataset in memory" },
      [joinedAuth],
    ],
  ])("%s", async (_, answers, expected, commands) => {
    await expect(verify(answers)).resolves.toEqual({ result: expected, commands });
  });
});

it.each<[string, string, string]>([
  ["verbatim", joined, "[secret]"],
  ["URL-encoded", encodeURIComponent(joined), "[secret]"],
  ["in hex", Buffer.from(joined).toString("hex"), "[secret]"],
  ["in base64", Buffer.from(joined).toString("base64"), "[secret]"],
  ["in base64url", Buffer.from(joined).toString("base64url"), "[secret]"],
  ["in JSON", JSON.stringify({ auth: joined }), '{"auth":"[secret]"}'],
])("a joined password that a server repeats is removed from the reason: %s", async (_, repeated, shown) => {
  const { result } = await verify({ joined: `-ERR cannot parse ${repeated}\r\n` });
  expect(result).toEqual({ outcome: "unknown", reason: `ERR cannot parse ${shown}` });
});
