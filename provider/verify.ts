import { messageOf, oneLine, withoutSecrets } from "./errors";
import type { Inputs } from "./inputs";

/** `refused`: the instance has another password. `unknown`: it could not be asked. */
export type Verification =
  { readonly outcome: "accepted" } | { readonly outcome: "refused" | "unknown"; readonly reason: string };

/** Longer, nobody waits for a connection within one network. */
const longestMs = 10_000;

/** Whether an instance accepts a password, tried by AUTH as an application would. */
export async function verifyPassword(
  { host, port, tls = false }: NonNullable<Inputs["verify"]>,
  password: string,
  remainingMs: number,
): Promise<Verification> {
  const { createClient } = await import("@redis/client");
  const timeoutMs = Math.ceil(Math.min(longestMs, remainingMs));
  const socket = { host, port, connectTimeout: timeoutMs, reconnectStrategy: false as const };
  const client = createClient({
    socket: tls ? { ...socket, tls: true } : socket,
    password,
    // What any version of Redis understands: AUTH, and nothing around it.
    RESP: 2,
    disableClientInfo: true,
  }).on("error", () => undefined);
  const tooLate = AbortSignal.timeout(timeoutMs);
  tooLate.addEventListener("abort", () => client.isOpen && client.destroy());
  try {
    await client.connect();
    return { outcome: "accepted" };
  } catch (error) {
    // The client library puts its own "Error: " before the words of others.
    const words = messageOf(error).replace(/^Error: /, "");
    if (tooLate.aborted) return { outcome: "unknown", reason: "no answer in time" };
    return { outcome: isRefusal(words) ? "refused" : "unknown", reason: oneLine(withoutSecrets(words, [password])) };
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** The words of Redis for a wrong password, and for one where none is asked for; older versions have other ones. */
const isRefusal = (words: string): boolean => /^(WRONGPASS|NOAUTH|ERR .*\b(password|AUTH)\b)/i.test(words);
