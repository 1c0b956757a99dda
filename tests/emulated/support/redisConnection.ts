import { once } from "node:events";
import { type Socket, connect } from "node:net";

/**
 * One connection to a Redis server that tries passwords: AUTH may be sent again and again. It speaks the protocol itself,
 * apart from both clients that are under test.
 */
export class RedisConnection {
  private constructor(private readonly socket: Socket) {}

  static async open(port: number): Promise<RedisConnection> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new RedisConnection(socket);
  }

  /** Whether AUTH accepts a password. A server that asks for none refuses every one. */
  async accepts(password: string): Promise<boolean> {
    const answer = once(this.socket, "data");
    this.socket.write(`*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(password)}\r\n${password}\r\n`);
    const [reply] = (await answer) as [Buffer];
    const text = reply.toString();
    if (text.startsWith("+OK")) return true;
    if (/^-(WRONGPASS|ERR AUTH)/.test(text)) return false;
    throw new Error(`unexpected answer to AUTH: ${text}`);
  }

  close(): void {
    this.socket.destroy();
  }
}
