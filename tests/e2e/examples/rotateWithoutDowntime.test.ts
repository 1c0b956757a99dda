import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { type Login, passwordToSignIn } from "../../../examples/rotate-without-downtime/login";
import { until } from "../../../tools/processes";
import { readPage } from "../../support/markdown";
import { commandsIn } from "../support/commandsIn";
import { copyExample } from "../support/example";
import { expectSuccess } from "../support/expectSuccess";
import { Fixture, cacheArgs, program, shown } from "../support/fixture";
import { ReconnectingClient } from "../support/reconnectingClient";

const { instanceId } = cacheArgs;
const page = "examples/rotate-without-downtime/README.md";
const key = { REDIS_PASSWORD_KEY: "a-long-random-text" };

let fixture: Fixture;
let client: ReconnectingClient | undefined;
beforeEach(() => {
  // The environment of a consumer.
  jest.replaceProperty(process, "env", { ...process.env, ...key });
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
  await fixture.dispose();
  jest.restoreAllMocks();
});

const startClient = (password: string): ReconnectingClient =>
  (client = new ReconnectingClient(fixture.cloud.instances[0]?.port ?? 0, password));

describe("in three rotations, a client that connects every 50 ms", () => {
  it("is never refused with two accounts", async () => {
    await firstRun();
    let password = passwordToSignIn(instanceId, await exported());
    const consumer = startClient(password);
    for (const rotation of [2, 3, 4]) {
      const changes = fixture.requests.filter(changesAnAccount).length;
      await rotate(rotation);
      expect(fixture.requests.filter(changesAnAccount)).toHaveLength(changes + 1);
      expect(await fixture.auth(password)).toBe(true);

      const current = await exported();
      expect(current).toEqual({ account: rotation % 2 === 0 ? "blue" : "green", rotation });
      password = passwordToSignIn(instanceId, current);
      consumer.password = password;
      await connectsAgain(consumer);
    }
    await consumer.stop();
    expect(consumer.refused).toBe(0);
  });

  it("is refused with a single password", async () => {
    const passwords = ["second-Passw0rd", "third-Passw0rd", "fourth-Passw0rd"];
    fixture = await Fixture.create(program());
    await fixture.up("first-Passw0rd");
    const consumer = startClient("first-Passw0rd");
    for (const password of passwords) {
      await connectsAgain(consumer);
      expect((await fixture.up(password)).code).toBe(0);
      consumer.password = password;
      await connectsAgain(consumer);
    }
    await consumer.stop();
    expect(consumer.refused).toBeGreaterThan(0);
  });
});

it("a failed rotation leaves the current account as it was, and the next run completes it", async () => {
  await firstRun();
  const before = await exported();
  fixture.cloud.addFault("ModifyInstanceAccount=isolated*1");
  const failed = await fixture.shell(commandsIn(page, "Rotate"), key);
  expect(failed.code).not.toBe(0);
  expect(await exported()).toEqual(before);
  expect(await fixture.auth(passwordToSignIn(instanceId, before))).toBe(true);

  fixture.cloud.clearFaults();
  await run("pulumi up");
  expect(await exported()).toEqual({ account: "blue", rotation: 2 });
  expect(await fixture.auth(passwordToSignIn(instanceId, await exported()))).toBe(true);
});

it.each([
  ["leaves the idle account out", "pulumi up --target '**green'", "green"],
  ["only refreshes, with the program", "pulumi refresh --run-program", "green"],
])("a run that %s exports a login that is accepted", async (_, command, account) => {
  await firstRun();
  await run(`pulumi config set rotation 2\n${command}`);
  const current = await exported();
  expect(current).toEqual({ account, rotation: 1 });
  expect(await fixture.auth(passwordToSignIn(instanceId, current))).toBe(true);
});

it.each([
  ["leaves the idle account out", "pulumi up --target '**green'"],
  ["only refreshes, with the program", "pulumi refresh --run-program"],
])("after a reset that timed out, a run that %s exports a login that is accepted", async (_, command) => {
  await firstRun();
  waitFor(4);
  fixture.cloud.addFault("ModifyInstanceAccount=task-stuck*1");
  expect((await fixture.shell(commandsIn(page, "Rotate"), key)).code).not.toBe(0);
  await run(command);
  expect(await exported()).toEqual({ account: "green", rotation: 1 });
  expect(await fixture.auth(passwordToSignIn(instanceId, await exported()))).toBe(true);

  fixture.cloud.clearFaults();
  await run("pulumi up");
  expect(await exported()).toEqual({ account: "blue", rotation: 2 });
  expect(await fixture.auth(passwordToSignIn(instanceId, await exported()))).toBe(true);
  expect(fixture.requests.filter(changesAnAccount)).toHaveLength(3);
});

it("no login is exported before the first password is set", async () => {
  fixture = await copyExample("rotate-without-downtime", { instances: { [instanceId]: { accounts } } });
  waitFor(4);
  fixture.cloud.addFault("ModifyInstanceAccount=task-stuck*1");
  expect((await fixture.shell(commandsIn(page, "Run it", key), key)).code).not.toBe(0);
  await run("pulumi refresh --run-program");
  // Pulumi exports its placeholder for an unknown value.
  expect(JSON.parse(await run("pulumi stack output --json"))).not.toHaveProperty("current.account");
});

/** Sets the program's timeout for a reset, in seconds. */
function waitFor(seconds: number): void {
  const program = readPage("examples/rotate-without-downtime/index.ts");
  fixture.write("index.ts", program.replace("    region:", `    timeoutSeconds: ${seconds},\n    region:`));
}

it("a rotation that is not an integer is rejected, and resets nothing", async () => {
  await firstRun();
  const failed = await fixture.shell("pulumi config set rotation 1.5\npulumi up", key);
  expect(failed.code).not.toBe(0);
  expect(shown(failed)).toContain("rotation must be a whole number");
  expect(fixture.requests.filter(changesAnAccount)).toHaveLength(2);
});

it("a refresh does not treat the rotation of one account as drift of the other", async () => {
  // The service's times are whole seconds: tasks that end in the same second are indistinguishable.
  await firstRun({ taskSeconds: 1.2 });
  await rotate(2);
  expect(await run("pulumi up --refresh")).toMatch(/Resources:\n {4}3 unchanged/);
  expect(fixture.requests.filter(changesAnAccount)).toHaveLength(3);
});

const accounts = { blue: undefined, green: undefined };

/** Copies the example, and sets the password of both accounts. */
async function firstRun(cloudOptions: LocalCloudOptions = {}): Promise<void> {
  fixture = await copyExample("rotate-without-downtime", {
    instances: { [instanceId]: { accounts } },
    ...cloudOptions,
  });
  await run(commandsIn(page, "Run it", key));
}

async function rotate(rotation: number): Promise<void> {
  const commands = commandsIn(page, "Rotate").replace("rotation 2", `rotation ${rotation}`);
  expect(await run(commands)).toContain("the password will be reset (password changed, trigger rotation changed)");
}

const exported = async (): Promise<Login> => JSON.parse(await run(commandsIn(page, "Sign in"))) as Login;

/** Runs commands, which must succeed, and returns what they print. */
async function run(commands: string): Promise<string> {
  const result = await fixture.shell(commands, key);
  expectSuccess(result);
  return result.stdout;
}

const changesAnAccount = ({ action }: { action: string | null }): boolean => action === "ModifyInstanceAccount";

/** Waits for a connection that starts after this call. */
async function connectsAgain(consumer: ReconnectingClient): Promise<void> {
  const { accepted } = consumer;
  await until(() => consumer.accepted > accepted + 1);
}
