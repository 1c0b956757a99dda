import { once } from "node:events";
import { type AddressInfo, type Server, createServer } from "node:net";

import { acceptsPassword, findFreePort, startRedisServer } from "../../../local-cloud/system/redisServer";

let occupied: Server;
let takenPort: number;
beforeEach(async () => {
  occupied = createServer().listen(0, "127.0.0.1");
  await once(occupied, "listening");
  takenPort = (occupied.address() as AddressInfo).port;
});
afterEach(async () => {
  await new Promise((closed) => occupied.close(closed));
});

it("starts a Redis server on another port if another process has taken the free one", async () => {
  const asked: number[] = [];
  const findPort = async (): Promise<number> => {
    const port = asked.length === 0 ? takenPort : await findFreePort();
    asked.push(port);
    return port;
  };
  const server = await startRedisServer("first-Passw0rd", findPort);
  try {
    expect(asked.length).toBeGreaterThan(1);
    expect(server.port).toBe(asked.at(-1));
    expect(await acceptsPassword(server.port, "first-Passw0rd")).toBe(true);
  } finally {
    await server.stop();
  }
});

it("fails after three taken ports, and names the last one", async () => {
  let attempts = 0;
  const starting = startRedisServer("first-Passw0rd", () => Promise.resolve((attempts++, takenPort)));
  await expect(starting).rejects.toThrow(
    `starting a Redis server failed (exit code 1): Failed listening on port ${takenPort} (TCP), aborting.`,
  );
  expect(attempts).toBe(3);
});
