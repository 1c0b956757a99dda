import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
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

it("what is no provider of an engine watches nothing", async () => {
  endWithEngine(undefined, end);
  await pause(50);
  expect(connections).toEqual([]);
});
