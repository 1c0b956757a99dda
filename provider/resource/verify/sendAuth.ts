import { once } from "node:events";
import { type Socket, connect as connectTcp, isIP } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";

import { withoutBrackets } from "../../tencentcloud/transport/hostPort";
import { Secret } from "../../tencentcloud/secrets/secret";
import type { Address } from "../contract/verifyInput";

/** Far longer than any response to AUTH. */
const longestAnswer = 65_536;

/** The login to try. */
export interface Login {
  /** Absent for the default account, which signs in with its password alone. */
  readonly account?: string | undefined;
  readonly password: Secret;
}

/**
 * How an account other than the default one signs in: by `AUTH <account>@<password>`, as the service documents it, or
 * by `AUTH <account> <password>`, as in Redis itself. For the default account both mean its password alone.
 *
 * @see https://www.tencentcloud.com/document/product/239/34590
 */
export type AuthForm = "joined" | "separate";

/**
 * Sends AUTH, and nothing else, on a new connection. Returns the response up to the first line break, or until the
 * server closed the connection.
 *
 * @throws Error if the server is unreachable or not trusted, or does not respond in time
 */
export async function sendAuth(address: Address, login: Login, timeoutMs: number, form: AuthForm): Promise<string> {
  const { socket, readyEvent } = address.tls ? openTls(address) : openTcp(address);
  // An error rejects the pending wait. Without a pending wait it can be ignored.
  socket.on("error", () => undefined);
  const timer = setTimeout(() => socket.destroy(new Error("timed out")), timeoutMs);
  try {
    // With TLS, nothing may be written before the server's certificate is verified.
    await once(socket, readyEvent);
    socket.write(authCommand(login, form));
    return await readLine(socket);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

interface Opening {
  readonly socket: Socket;
  readonly readyEvent: "connect" | "secureConnect";
}

const openTcp = ({ host, port }: Address): Opening => ({
  socket: connectTcp({ host: withoutBrackets(host), port }),
  readyEvent: "connect",
});

function openTls({ host, port, ca, servername }: Address): Opening {
  const name = withoutBrackets(servername ?? host);
  const socket = connectTls({
    host: withoutBrackets(host),
    port,
    // SNI does not allow IP addresses.
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca && { ca }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  });
  return { socket, readyEvent: "secureConnect" };
}

/**
 * Returns the single password that signs in: for an account other than the default one, its name and its password
 * joined.
 */
export const joinLogin = ({ account, password }: Login): Secret =>
  account === undefined ? password : new Secret(`${account}@${password.expose()}`);

/** Encodes the arguments as bulk strings, which may hold any bytes. */
function authCommand(login: Login, form: AuthForm): string {
  const { account, password } = login;
  const isSeparate = account !== undefined && form === "separate";
  const words = ["AUTH", ...(isSeparate ? [account, password.expose()] : [joinLogin(login).expose()])];
  return [`*${words.length}`, ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word])]
    .map((line) => `${line}\r\n`)
    .join("");
}

async function readLine(socket: Socket): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of socket as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswer) throw new Error("the answer is longer than 64 KB");
    if (chunk.includes(0x0a)) break;
  }
  return Buffer.concat(chunks).toString();
}
