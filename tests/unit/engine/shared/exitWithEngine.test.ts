import { once } from "node:events";
import net, { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { exitWithEngine } from "../../../../provider/engine/shared/exitWithEngine";

let engine: Server;
let connections: Socket[];
let end: jest.Mock;
let address: string;

beforeEach(async () => {
  connections = [];
  end = jest.fn();
  engine = createServer((socket) => {
    connections.push(socket.on("error", () => undefined));
    // Like an engine.
    socket.write("settings");
  });
  engine.listen(0, "127.0.0.1");
  await once(engine, "listening");
  address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
});
afterEach(gone);
afterEach(() => void process.removeAllListeners("SIGTERM"));

/** Ends the engine, as if killed. */
async function gone(): Promise<void> {
  if (!engine.listening) return;
  const closed = once(engine, "close");
  engine.close();
  for (const socket of connections) socket.destroy();
  await closed;
}

const watch = () => exitWithEngine(address, end);

it("a provider ends when its engine has ended", async () => {
  watch();
  await once(engine, "connection");
  expect(end).not.toHaveBeenCalled();
  await gone();
  while (end.mock.calls.length === 0) await pause(10);
  expect(end).toHaveBeenCalledTimes(1);
});

it("a provider keeps running when its engine only closes the connection", async () => {
  watch();
  await once(engine, "connection");
  connections[0]?.destroy();
  await once(engine, "connection");
  expect(end).not.toHaveBeenCalled();
});

it("a provider ends when its engine ended before it could connect", async () => {
  await gone();
  watch();
  while (end.mock.calls.length === 0) await pause(10);
  expect(end).toHaveBeenCalledTimes(1);
});

describe("other connection failures do not count as the engine's end", () => {
  const connectTo = net.connect;
  let attempts: jest.SpyInstance;
  // Only this mock is restored: process.exit must stay mocked.
  afterEach(() => attempts.mockRestore());

  /** Each code is the failure of one attempt; once there are no more, the attempts get through. */
  const failWith = (codes: string[]) => {
    attempts = jest.spyOn(net, "connect").mockImplementation((...args: Parameters<typeof net.connect>) => {
      // A watch of another test may still detect the end of its engine.
      const isOwn = (args[0] as unknown as net.TcpNetConnectOpts).port === (engine.address() as AddressInfo).port;
      const code = isOwn ? codes.shift() : undefined;
      if (code === undefined) return connectTo(...args);
      const socket = new net.Socket();
      setImmediate(() => socket.destroy(Object.assign(new Error(code), { code })));
      return socket;
    });
  };

  it.each<[string, string[]]>([
    ["no free file descriptor", Array<string>(5).fill("EMFILE")],
    ["no available local address", Array<string>(5).fill("EADDRNOTAVAIL")],
    ["a network that is down", Array<string>(5).fill("ENETUNREACH")],
    ["a busy engine that refuses twice", ["ECONNREFUSED", "ECONNREFUSED"]],
    ["fewer than three refusals in a row", ["ECONNREFUSED", "ECONNREFUSED", "EMFILE", "ECONNREFUSED", "ECONNREFUSED"]],
  ])("a provider keeps running when a connection fails for another reason: %s", async (_, codes) => {
    failWith(codes);
    watch();
    await once(engine, "connection");
    expect(codes).toEqual([]);
    expect(end).not.toHaveBeenCalled();
  });

  it("a provider ends after three refused connections in a row, without a fourth attempt", async () => {
    failWith(["ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED"]);
    const ended = new Promise((resolve) => end.mockImplementation(() => resolve("ended")));
    watch();
    const connected = once(engine, "connection").then(() => "connected");
    await expect(Promise.race([ended, connected])).resolves.toBe("ended");
  });
});

describe("the process detects whether it is a provider", () => {
  const { argv } = process;
  afterEach(() => (process.argv = argv));
  // Not restored: after a failed test, a watch could still end the tests' own process.
  const exit = jest.spyOn(process, "exit").mockImplementation();

  const watchAs = (...startedWith: string[]) => {
    process.argv = ["node", ...startedWith];
    exitWithEngine();
  };

  it.each<[string, string[]]>([
    ["/pulumi/cmd/dynamic-provider/index.js", []],
    ["/pulumi/cmd/dynamic-provider", ["--logtostderr", "-v=3"]],
  ])("a process started by Pulumi's script ends when its engine has ended: %s", async (script, flags) => {
    exit.mockClear();
    watchAs(script, ...flags, address);
    await once(engine, "connection");
    await gone();
    while (exit.mock.calls.length === 0) await pause(10);
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it.each([
    ["127.0.0.1:65535", "127.0.0.1", 65_535],
    ["localhost:0", "localhost", 0],
    ["[::1]:5", "::1", 5],
    ["[fd00::7:127.0.0.1]:5", "fd00::7:127.0.0.1", 5],
  ])("a process started with an address of any form watches it: %s", (given, host, port) => {
    const attempts = jest.spyOn(net, "connect").mockImplementation(() => new net.Socket());
    watchAs("/pulumi/cmd/dynamic-provider/index.js", given);
    expect(attempts.mock.calls).toEqual([[{ host, port }]]);
    attempts.mockRestore();
  });

  it("a process started by another script watches nothing", async () => {
    watchAs("/pulumi/cmd/run/index.js", address);
    const visitor = connect((engine.address() as AddressInfo).port, "127.0.0.1").on("error", () => undefined);
    await once(engine, "connection");
    expect(connections.map(({ remotePort }) => remotePort)).toEqual([visitor.localPort]);
    visitor.destroy();
  });

  it.each<[string, string[]]>([
    ["no argument", []],
    ["only flags", ["--logtostderr", "-v=3"]],
    ["a URL", ["tcp://127.0.0.1:1"]],
    ["the value of --tracing", ["--tracing", "127.0.0.1:1"]],
    ["the value of --tracing, with =", ["--tracing=127.0.0.1:1"]],
    ["a flag with a colon", ["-v:3"]],
    ["only a host", ["127.0.0.1"]],
    ["an invalid port", ["127.0.0.1:65536"]],
    ["text after the port", ["127.0.0.1:80x"]],
  ])("a process without an address keeps running: %s", (_, args) => {
    const attempts = jest.spyOn(net, "connect");
    watchAs("/pulumi/cmd/dynamic-provider/index.js", ...args);
    expect(attempts).not.toHaveBeenCalled();
    attempts.mockRestore();
  });
});
