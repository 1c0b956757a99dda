import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Lends the endpoint of a service on this machine that takes every request and answers none: whether the request was
 * carried out, its sender cannot know.
 */
export async function withLostAnswers<T>(use: (endpoint: string) => Promise<T>): Promise<T> {
  const server = createServer(({ socket }) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}
