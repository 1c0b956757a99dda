import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** The gate's own response, instead of the cloud's. */
export interface Echo {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request's headers and body. */
export interface Sent {
  readonly action: string;
  readonly headers: string;
  readonly body: string;
}

/** A proxy in front of the cloud that sees all requests. */
export class Gate {
  /** The requests so far: the only place where a secret may be. */
  readonly sent: Sent[] = [];
  /** If set, responds to a reset instead of the cloud, with parts of the request, as a server may. */
  echo: ((sent: Sent) => Echo) | undefined;

  private constructor(
    private readonly server: Server,
    private readonly cloud: URL,
    private readonly onIssued: (name: string, secret: string) => void,
  ) {
    server.on("request", (message: IncomingMessage, response: ServerResponse) => void this.pass(message, response));
  }

  /** @param onIssued called with each secret of a temporary key, before it is passed on */
  static async start(cloud: string, onIssued: (name: string, secret: string) => void): Promise<Gate> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Gate(server, new URL(cloud), onIssued);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(message).catch(() => "");
    const action = String(message.headers["x-tc-action"] ?? "");
    const sent = { action, headers: message.rawHeaders.join("\n"), body };
    this.sent.push(sent);
    if (this.echo && action === "ResetPassword") {
      const { status, headers = { "Content-Type": "application/json" }, body: words } = this.echo(sent);
      response.writeHead(status, headers).end(words);
    } else await this.handOn(message, body, response);
  }

  private async handOn(message: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { hostname, port } = this.cloud;
    const { method, url: path, headers } = message;
    const onwards = request({ hostname, port, method, path, headers }).end(body);
    try {
      const [answer] = (await once(onwards, "response")) as [IncomingMessage];
      const text = await readText(answer);
      for (const [, name = "", secret = ""] of text.matchAll(/"(TmpSecretKey|Token)":"([^"]+)"/g)) {
        this.onIssued(name, secret);
      }
      response.writeHead(answer.statusCode ?? 0, answer.headers).end(text);
    } catch {
      // Disconnects, like the cloud.
      response.destroy();
    }
  }
}

async function readText(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of message.setEncoding("utf8")) text += String(chunk);
  return text;
}
