import { createClient } from "@redis/client";
import ts from "typescript";

import { authAccepted } from "../../../tools/redisAuth";
import { findBlocks } from "../../support/markdown";
import { Fixture } from "../support/fixture";
import { until } from "../../../tools/processes";
import { somebodyElse } from "../support/somebodyElse";

const before = "before-Passw0rd";
const after = "after-Passw0rd";

interface Client {
  ping(): Promise<string>;
  sendCommand(args: string[]): Promise<unknown>;
  destroy(): void;
}

let fixture: Fixture;
let port: number;
let clients: Client[];
beforeEach(async () => {
  clients = [];
  fixture = await Fixture.create("", { instances: { "crs-5a4py64p": before } });
  port = fixture.cloud.instances[0]?.port ?? 0;
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await fixture.dispose();
});

async function connectedWith(password: string): Promise<Client> {
  const client = createClient({ socket: { host: "127.0.0.1", port, reconnectStrategy: false }, password });
  client.on("error", () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

it("connections fare as the table in docs/rotation.md says", async () => {
  const open = await connectedWith(before);
  fixture.cloud.addFault("ResetPassword=task-stuck");
  const reset = somebodyElse(fixture).resets(after);
  await until(() => fixture.resets === 1);
  expect(await open.ping()).toBe("PONG");
  expect(await authAccepted(port, before)).toBe(true);
  expect(await authAccepted(port, after)).toBe(false);

  fixture.cloud.clearFaults();
  await reset;
  expect(await open.ping()).toBe("PONG");
  await expect(connectedWith(before)).rejects.toThrow(/^WRONGPASS/);
  expect(await authAccepted(port, after)).toBe(true);
});

it("the client in docs/rotation.md survives a reset, a broken connection, and the way back", async () => {
  const errors = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const client = await documentedClient()("127.0.0.1", port, [after, before]);
  clients.push(client);
  expect(await client.ping()).toBe("PONG");
  for (const password of [after, before]) {
    await somebodyElse(fixture).resets(password);
    const administrator = await connectedWith(password);
    await administrator.sendCommand(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
    expect(await client.ping()).toBe("PONG");
  }
  expect(errors).toHaveBeenCalledWith("Redis: Socket closed unexpectedly");
  errors.mockRestore();
});

/** As it stands there. */
function documentedClient() {
  const [block] = findBlocks("docs/rotation.md").filter(({ language }) => language === "ts");
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  fixture.write("connect.js", ts.transpileModule(block?.text ?? "", { compilerOptions: options }).outputText);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { connect } = require(`${fixture.folder}/connect.js`) as {
    connect: (host: string, port: number, passwords: readonly string[]) => Promise<Client>;
  };
  return connect;
}
