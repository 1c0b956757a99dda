import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import path from "node:path";

const support = path.join(__dirname, "..", "..", "support");
const hook = path.join(support, "typescript.cjs");
const provider = path.join(support, "dynamic-provider", "index.ts");

/** Listens like an engine. */
class Engine {
  readonly connections: Socket[] = [];
  private readonly server: Server;

  private constructor(private readonly host: string) {
    this.server = createServer((socket) => {
      this.connections.push(socket.on("error", () => undefined));
      // Like an engine.
      socket.write("settings");
    });
  }

  static async start(host = "127.0.0.1"): Promise<Engine> {
    const engine = new Engine(host);
    await once(engine.server.listen(0, host), "listening");
    engines.push(engine);
    return engine;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `${this.host.includes(":") ? `[${this.host}]` : this.host}:${this.port}`;
  }

  connected(): Promise<unknown> {
    return once(this.server, "connection");
  }

  /** Ends it, as if killed. */
  async kill(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.connections) socket.destroy();
    await closed;
  }
}

const engines: Engine[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const engine of engines.splice(0)) await engine.kill();
});

function start(args: readonly string[], descriptors?: string): ChildProcess {
  const shell = `${descriptors === undefined ? "" : `ulimit -n ${descriptors}; `}exec "$@"`;
  const node = [process.execPath, "-r", hook, provider, ...args];
  const child = spawn("sh", ["-c", shell, "sh", ...node], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  return child;
}

/** Waits until the process has printed a word this many times from now on. */
function untilSaid(child: ChildProcess, word: string, times: number): Promise<void> {
  return new Promise((resolve) => {
    let said = "";
    const read = (chunk: unknown): void => {
      said += String(chunk);
      if (said.split(word).length <= times) return;
      child.stdout?.off("data", read);
      resolve();
    };
    child.stdout?.on("data", read);
  });
}

describe("a provider ends when its engine is killed", () => {
  it.each<[string, (address: string) => string[]]>([
    ["no flags", (address) => [address]],
    ["--logflow", (address) => ["--logtostderr", "-v=3", address]],
    ["--tracing tcp://", (address) => ["--logtostderr", "-v=3", "--tracing", "tcp://127.0.0.1:9", address]],
    ["--tracing http://", (address) => ["--tracing", "http://127.0.0.1:9/api", address]],
    ["--tracing file:", (address) => ["-v=9", "--tracing", "file:/tmp/trace", address]],
    ["--tracing memory://", (address) => ["--tracing", "memory://", address]],
    ["--tracing without a scheme", (address) => ["--tracing", "127.0.0.1:9", address]],
    ["the flags with =", (address) => ["--tracing=127.0.0.1:9", "--logtostderr=true", address]],
    ["flags after the address", (address) => [address, "--tracing", "127.0.0.1:9", "--logtostderr", "-v=3"]],
    ["localhost as the host", (address) => ["--logtostderr", address.replace("127.0.0.1", "localhost")]],
  ])("with the arguments: %s", async (_, args) => {
    const engine = await Engine.start();
    const child = start(args(engine.address));
    await engine.connected();
    const exited = once(child, "exit");
    expect(child.exitCode).toBeNull();
    await engine.kill();
    await expect(exited).resolves.toEqual([1, null]);
  });

  it("with an IPv6 address", async () => {
    const engine = await Engine.start("::1");
    const child = start(["--logtostderr", engine.address]);
    await engine.connected();
    const exited = once(child, "exit");
    await engine.kill();
    await expect(exited).resolves.toEqual([1, null]);
  });

  it("also when the kill comes before the provider has connected", async () => {
    const engine = await Engine.start();
    const { address } = engine;
    await engine.kill();
    await expect(once(start(["-v=3", address]), "exit")).resolves.toEqual([1, null]);
  });
});

describe("a provider whose engine is running keeps running", () => {
  it("when the engine only closes the connection, any number of times", async () => {
    const engine = await Engine.start();
    const child = start([engine.address]);
    for (let times = 0; times < 5; times++) {
      await engine.connected();
      engine.connections.at(-1)?.destroy();
    }
    await engine.connected();
    expect(child.exitCode).toBeNull();
  });

  it("when its own file descriptors run out", async () => {
    const engine = await Engine.start();
    const child = start([engine.address], "100");
    await engine.connected();
    child.stdin?.write("take\n");
    await untilSaid(child, "EMFILE", 1);
    engine.connections.at(-1)?.destroy();
    // Once every 5 ms: long enough for many attempts to connect.
    await untilSaid(child, "EMFILE", 100);
    expect(child.exitCode).toBeNull();
    child.stdin?.write("free\n");
    await engine.connected();
    expect(engine.connections).toHaveLength(2);
  });
});
