import { once } from "node:events";
import { type Socket, connect as connectTcp, isIP } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";

import { withoutBrackets } from "../tencentcloud/transport/hostPort";
import type { Secret } from "../tencentcloud/secrets/secret";
import type { Address } from "./verifyInput";

/** Far more than any answer to AUTH. */
const longestAnswer = 65_536;

/**
 * Sends AUTH, and nothing else, on a new connection. Returns what came up to the first line end, or until the
 * server closed the connection.
 *
 * @throws Error when the server cannot be reached or trusted, or when it does not answer in time
 */
export async function sendAuth(address: Address, password: Secret, timeoutMs: number): Promise<string> {
  const { socket, readyEvent } = address.tls ? openTls(address) : openTcp(address);
  // Whatever goes wrong rejects what is awaited at the time. At any other time nobody is interested.
  socket.on("error", () => undefined);
  const timer = setTimeout(() => socket.destroy(new Error("no answer in time")), timeoutMs);
  try {
    // With TLS, nothing may be written before the server's certificate is verified.
    await once(socket, readyEvent);
    socket.write(authCommand(password.expose()));
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
    // SNI knows no addresses.
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca && { ca }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  });
  return { socket, readyEvent: "secureConnect" };
}

/** In the form that holds any bytes. */
const authCommand = (password: string): string =>
  `*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(password)}\r\n${password}\r\n`;

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
