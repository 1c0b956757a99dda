import { once } from "node:events";
import { type Socket, connect } from "node:net";

/**
 * One connection to a Redis server that tries passwords, with any number of AUTH commands. It implements the protocol
 * itself, independently of both tested clients.
 */
export class RedisConnection {
  private constructor(private readonly socket: Socket) {}

  static async open(port: number): Promise<RedisConnection> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new RedisConnection(socket);
  }

  /**
   * Returns whether an account can sign in with a password: the default account by `AUTH <password>`, another one by
   * `AUTH <account>@<password>`. A server without a password refuses both, and then gets the account's name.
   */
  async accepts(password: string, account?: string): Promise<boolean> {
    const text = await this.auth(account === undefined ? [password] : [`${account}@${password}`]);
    const isPasswordFree = text.startsWith("-ERR AUTH");
    return accepted(isPasswordFree && account !== undefined ? await this.auth([account, password]) : text);
  }

  private async auth(words: readonly string[]): Promise<string> {
    const answer = once(this.socket, "data");
    const parts = ["AUTH", ...words].map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    this.socket.write(`*${parts.length}\r\n${parts.join("")}`);
    const [reply] = (await answer) as [Buffer];
    return reply.toString();
  }

  close(): void {
    this.socket.destroy();
  }
}

function accepted(answer: string): boolean {
  if (answer.startsWith("+OK")) return true;
  if (/^-(WRONGPASS|ERR AUTH)/.test(answer)) return false;
  throw new Error(`unexpected answer to AUTH: ${answer}`);
}
