import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { endWithEngine } from "../../provider/endWithEngine";

let engine: Server;
let connections: Socket[];
let end: jest.Mock;
let address: string;

beforeEach(async () => {
  connections = [];
  end = jest.fn();
  engine = createServer((socket) => {
    connections.push(socket.on("error", () => undefined));
    // As an engine does.
    socket.write("settings");
  });
  engine.listen(0, "127.0.0.1");
  await once(engine, "listening");
  address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
});
afterEach(gone);

/** As when it is killed. */
async function gone(): Promise<void> {
  if (!engine.listening) return;
  const closed = once(engine, "close");
  engine.close();
  for (const socket of connections) socket.destroy();
  await closed;
}

const watch = () => endWithEngine(address, end);

it("a provider ends when its engine is gone", async () => {
  watch();
  await once(engine, "connection");
  expect(end).not.toHaveBeenCalled();
  await gone();
  while (end.mock.calls.length === 0) await pause(10);
  expect(end).toHaveBeenCalledTimes(1);
});

it("a provider goes on when its engine closes the connection alone", async () => {
  watch();
  await once(engine, "connection");
  connections[0]?.destroy();
  await once(engine, "connection");
  expect(end).not.toHaveBeenCalled();
});

it("a provider that was never connected goes on", async () => {
  await gone();
  watch();
  await pause(300);
  expect(end).not.toHaveBeenCalled();
});

describe("where the process itself is to tell whether it is a provider", () => {
  const { argv } = process;
  afterEach(() => (process.argv = argv));
  // For all that follows: a watch that fails the test could still end the tests' own process.
  const exit = jest.spyOn(process, "exit").mockImplementation();

  const watchAs = (...startedWith: string[]) => {
    process.argv = ["node", ...startedWith];
    endWithEngine();
  };

  it("one that Pulumi's script was started for ends when its engine is gone", async () => {
    watchAs("/pulumi/cmd/dynamic-provider/index.js", address);
    await once(engine, "connection");
    await gone();
    while (exit.mock.calls.length === 0) await pause(10);
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it("one that another script was started for watches nothing", async () => {
    watchAs("/pulumi/cmd/run/index.js", address);
    const visitor = connect((engine.address() as AddressInfo).port, "127.0.0.1").on("error", () => undefined);
    await once(engine, "connection");
    expect(connections.map(({ remotePort }) => remotePort)).toEqual([visitor.localPort]);
    visitor.destroy();
  });

  it("one without an address goes on", () => {
    expect(() => watchAs("/pulumi/cmd/dynamic-provider/index.js")).not.toThrow();
  });
});
