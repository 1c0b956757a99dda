import { createClient } from "@redis/client";
import ts from "typescript";

import { until } from "../../../tools/processes";
import { respondWith, useHttpServer } from "../../unit/support/httpServer";
import { findBlocks } from "../../support/markdown";
import { Fixture, cacheArgs, shown } from "../support/fixture";
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
  const instance = { password: before, accounts: { blue: before, green: before } };
  fixture = await Fixture.create("", { instances: { [cacheArgs.instanceId]: instance } });
  port = fixture.cloud.instances[0]?.port ?? 0;
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await fixture.dispose();
});

interface Login {
  readonly username?: string;
  readonly password: string;
}

async function connectedWith(login: Login): Promise<Client> {
  const client = createClient({ socket: { host: "127.0.0.1", port, reconnectStrategy: false }, ...login });
  client.on("error", () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

describe("connections behave as in the table of docs/rotation.md", () => {
  it.each<[string, string, (password: string) => Login]>([
    ["the default account", "root", (password) => ({ password })],
    ["a custom account, by one password", "blue", (password) => ({ password: `blue@${password}` })],
    ["a custom account, by its name", "blue", (password) => ({ username: "blue", password })],
  ])("%s", async (_, account, loginWith) => {
    const other = { password: `green@${before}` };
    const open = await connectedWith(loginWith(before));
    fixture.cloud.addFault(`${actions[account] ?? ""}=task-stuck`);
    const reset = resetAccount(account);
    await until(() => fixture.requests.some(({ action }) => action === actions[account]));
    expect(await open.ping()).toBe("PONG");
    expect(await signsIn(loginWith(before))).toBe(true);
    expect(await signsIn(loginWith(after))).toBe(false);
    expect(await signsIn(other)).toBe(true);

    fixture.cloud.clearFaults();
    await reset;
    expect(await open.ping()).toBe("PONG");
    expect(await signsIn(loginWith(before))).toBe(false);
    expect(await signsIn(loginWith(after))).toBe(true);
    expect(await signsIn(other)).toBe(true);
  });

  const actions: Readonly<Record<string, string>> = { root: "ResetPassword", blue: "ModifyInstanceAccount" };

  const resetAccount = (account: string): Promise<void> =>
    account === "root"
      ? somebodyElse(fixture).resets(after)
      : somebodyElse(fixture).changesTheAccount({ AccountName: account, AccountPassword: after });

  async function signsIn(login: Login): Promise<boolean> {
    try {
      return (await (await connectedWith(login)).ping()) === "PONG";
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("WRONGPASS")) return false;
      throw error;
    }
  }
});

it("the client in docs/rotation.md survives a reset, a broken connection, and a rollback", async () => {
  const errors = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const client = await documentedClient()("127.0.0.1", port, [after, before]);
  clients.push(client);
  expect(await client.ping()).toBe("PONG");
  for (const password of [after, before]) {
    await somebodyElse(fixture).resets(password);
    const administrator = await connectedWith({ password });
    await administrator.sendCommand(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
    expect(await client.ping()).toBe("PONG");
  }
  expect(errors).toHaveBeenCalledWith("Redis: Socket closed unexpectedly");
  errors.mockRestore();
});

describe("the hook in docs/rotation.md", () => {
  const webhook = useHttpServer();
  const run = (command: string, password: string) =>
    fixture.shell(`node run.js ${command}`, { REDIS_PASSWORD: password, RESET_WEBHOOK: webhook.url.href });
  const calls = () => webhook.received.map(({ body }) => JSON.parse(body) as unknown);

  beforeEach(() => {
    webhook.respond = respondWith(200);
    writeDocumented("program.js", "How to notify clients of a reset", "ResourceHook");
    fixture.write("run.js", inlineRun);
  });

  it("is called after each reset, and only then", async () => {
    expect((await run("preview", before)).code).toBe(0);
    expect(calls()).toEqual([]);
    expect((await run("up", before)).code).toBe(0);
    expect((await run("up", before)).code).toBe(0);
    expect(calls()).toEqual([{ taskId: 16657 }]);

    fixture.cloud.addFault("ResetPassword=isolated*1");
    expect((await run("up", after)).code).not.toBe(0);
    expect(calls()).toEqual([{ taskId: 16657 }]);
    fixture.cloud.clearFaults();
    expect((await run("up", after)).code).toBe(0);
    expect(calls()).toEqual([{ taskId: 16657 }, { taskId: 16658 }]);
  });

  it("causes a warning when it fails, and is not called again for the same reset", async () => {
    webhook.respond = respondWith(500);
    const warned = await run("up", before);
    expect(warned.code).toBe(0);
    expect(shown(warned)).toContain('warning: AfterCreate hook "notify" failed: the webhook answered 500');
    expect((await run("up", before)).code).toBe(0);
    expect(calls()).toEqual([{ taskId: 16657 }]);
  });
});

/** Runs the program through the Automation API: the engine calls its hooks directly, without a language host. */
const inlineRun = `
  const { LocalWorkspace } = require("@pulumi/pulumi/automation");
  const program = async () => require("./program.js");
  const stackArgs = { stackName: "test", projectName: "e2e", program };
  LocalWorkspace.selectStack(stackArgs, { workDir: __dirname })
    .then((stack) => stack[process.argv[2]]({ onOutput: (text) => process.stdout.write(text), color: "never" }))
    .catch(() => { process.exitCode = 1; });
`;

/** Writes the program below a heading that uses a certain name, as JavaScript. */
function writeDocumented(file: string, heading: string, used: string): void {
  const block = findBlocks("docs/rotation.md").find(
    (each) => each.heading === heading && each.language === "ts" && each.text.includes(used),
  );
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  fixture.write(file, ts.transpileModule(block?.text ?? "", { compilerOptions: options }).outputText);
}

function documentedClient() {
  writeDocumented("connect.js", "Clients that try two passwords", "createClient");
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { connect } = require(`${fixture.folder}/connect.js`) as {
    connect: (host: string, port: number, passwords: readonly string[]) => Promise<Client>;
  };
  return connect;
}
