import { createClient } from "@redis/client";

/**
 * Returns whether a Redis server on this machine accepts a password. Independent of the local cloud's own check, which
 * tests compare with it.
 */
export async function authAccepted(port: number, password: string): Promise<boolean> {
  // On a busy machine, 50 connections at once take longer than the client's 5 s.
  const socket = { host: "127.0.0.1", port, reconnectStrategy: false as const, connectTimeout: 60_000 };
  const client = createClient({ socket, password }).on("error", () => undefined);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch (error) {
    if (error instanceof Error && /WRONGPASS|NOAUTH/.test(error.message)) return false;
    throw error;
  } finally {
    client.destroy();
  }
}
