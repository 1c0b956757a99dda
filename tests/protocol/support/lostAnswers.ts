import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Provides the endpoint of a service on this machine that accepts every request and never responds, so the sender
 * cannot know whether the request was carried out.
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
