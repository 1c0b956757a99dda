import type { Socket } from "node:net";

import { ProxyError } from "./proxyError";

/**
 * Reads one response of a proxy, and leaves the data after it to the next reader.
 *
 * @param findLength returns the length of the response, once enough of it has arrived
 */
export async function readProxyAnswer(
  socket: Socket,
  findLength: (received: Buffer) => number | undefined,
): Promise<Buffer> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk as Buffer]);
    const length = findLength(received);
    if (length === undefined || received.length < length) continue;
    if (received.length > length) socket.unshift(received.subarray(length));
    return received.subarray(0, length);
  }
  throw new ProxyError("the proxy closed the connection", true);
}
