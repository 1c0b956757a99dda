import type { CommandResult } from "../../../tools/command";
import { passwordOf } from "../../../examples/rotate-monthly/passwordOf";
import { commandsIn } from "../support/commandsIn";
import { copyExample, printedBy } from "../support/example";
import { expectSuccess } from "../support/expectSuccess";
import { type Fixture, shown } from "../support/fixture";
import { MovedClock, day } from "../support/movedClock";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(async () => {
  await fixture.dispose();
  jest.restoreAllMocks();
});

/** Runs commands, which must succeed, and returns what they print. */
const run = async (commands: string, environment: NodeJS.ProcessEnv = {}): Promise<string> =>
  shown(await succeeding(commands, environment));

async function succeeding(commands: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const result = await fixture.shell(commands, environment);
  expectSuccess(result);
  return result;
}

it("rotate-monthly sets another password once a month", async () => {
  const clock = new MovedClock();
  fixture = await copyExample("rotate-monthly", { now: clock.now });
  // The environment of a client.
  const key = { REDIS_PASSWORD_KEY: "a-long-random-text" };
  jest.replaceProperty(process, "env", { ...process.env, ...key });
  const accepted = () => fixture.auth(passwordOf("crs-5a4py64p", clock.now().toISOString().slice(0, 7)));

  await run(commandsIn("examples/rotate-monthly/README.md", "Run it", key), clock.environment(fixture));
  expect(await accepted()).toBe(true);
  await run("pulumi up", { ...key, ...clock.environment(fixture) });
  expect(fixture.resets).toBe(1);

  clock.moveOn(32 * day);
  expect(await run("pulumi up", { ...key, ...clock.environment(fixture) })).toContain(
    "crs-5a4py64p: the password will be reset (password changed, trigger month changed)",
  );
  expect(await accepted()).toBe(true);
  expect(fixture.resets).toBe(2);
});

it("many-instances sets the password of each instance, and then of the one whose password has changed", async () => {
  const instances = { "crs-5a4py64p": undefined, "crs-8hqn2v0k": undefined, "crs-m3xt7w1d": undefined };
  fixture = await copyExample("many-instances", { instances });
  const passwords = { sessions: "sessions-Passw0rd", carts: "carts-Passw0rd", search: "search-Passw0rd" };
  const given = (all: typeof passwords) => ({ REDIS_PASSWORDS: JSON.stringify(all) });
  await run(commandsIn("examples/many-instances/README.md", "Set the passwords", given(passwords)));
  expect(await fixture.auth(passwords.sessions, "crs-5a4py64p")).toBe(true);
  expect(await fixture.auth(passwords.carts, "crs-8hqn2v0k")).toBe(true);
  expect(await fixture.auth(passwords.search, "crs-m3xt7w1d")).toBe(true);

  expect(
    await run(commandsIn("examples/many-instances/README.md", "Change one", given({ ...passwords, carts: second }))),
  ).toContain("crs-8hqn2v0k: the password will be reset (password changed)");
  expect(await fixture.auth(second, "crs-8hqn2v0k")).toBe(true);
  expect(fixture.resets).toBe(4);
});

it("existing-instance adopts the existing password, and resets it later", async () => {
  fixture = await copyExample("existing-instance", { instances: { "crs-5a4py64p": first } });
  const address = { redisHost: "127.0.0.1", redisPort: String(fixture.cloud.instances[0]?.port) };
  expect(
    await run(commandsIn("examples/existing-instance/README.md", "Adopt it", { ...address, REDIS_PASSWORD: first })),
  ).toContain("crs-5a4py64p: is adopted with its password, nothing was reset");
  expect(fixture.resets).toBe(0);
  await run(commandsIn("examples/existing-instance/README.md", "Reset it later", { REDIS_PASSWORD: second }));
  expect(await fixture.auth(second)).toBe(true);
});

describe("automation-api", () => {
  const rotate = (password: string) =>
    commandsIn("examples/automation-api/README.md", "Rotate", { REDIS_PASSWORD: password });

  beforeEach(async () => {
    fixture = await copyExample("automation-api", { taskSeconds: 1 });
  });

  /** The provider's lines and the engine's events arrive separately, so the order is only compared within each kind. */
  function expectPrinted(result: CommandResult, expected: readonly string[]): void {
    const isOfProvider = (line: string) => line.startsWith("crs-");
    const printed = printedBy(result).map((line) => line.replace(/resetAt 2.*Z/, "resetAt …"));
    for (const isOfKind of [isOfProvider, (line: string) => !isOfProvider(line)]) {
      expect(printed.filter(isOfKind)).toEqual(expected.filter(isOfKind));
    }
  }

  it("sets the password, logs its progress, and detects that there is nothing to do", async () => {
    const begun = ["automation-api-dev: create …", "default: create …", "default: create is done"];
    expectPrinted(await succeeding(rotate(first)), [
      ...begun,
      "crs-5a4py64p: the password will be set",
      "cache: create …",
      "crs-5a4py64p: the password was reset (task 16657)",
      "cache: create is done",
      "automation-api-dev: create is done",
      "Done: resetAt …, taskId 16657.",
    ]);
    expect(await fixture.auth(first)).toBe(true);
    expect(printedBy(await succeeding(rotate(first)))).toEqual(["Nothing to do: the instance has this password."]);

    expectPrinted(await succeeding(rotate(second)), [
      "crs-5a4py64p: the password will be reset (password changed)",
      "cache: update …",
      "crs-5a4py64p: the password was reset (task 16658)",
      "cache: update is done",
      "Done: resetAt …, taskId 16658.",
    ]);
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
    expect(fixture.output).not.toContain("-Passw0rd");
  });

  it("fails with the service's error, and continues in the next run", async () => {
    fixture.cloud.addFault("ResetPassword=isolated*1");
    const failed = await fixture.shell(rotate(first));
    expect(failed.code).not.toBe(0);
    const isolated = printedBy(failed).find((line) => line.includes("the instance crs-5a4py64p is isolated")) ?? "";
    expectPrinted(failed, [
      "automation-api-dev: create …",
      "default: create …",
      "default: create is done",
      "crs-5a4py64p: the password will be set",
      "cache: create …",
      isolated,
      "cache: create has failed",
      "update failed",
      "The rotation has failed. Run it again to continue.",
    ]);
    fixture.cloud.clearFaults();
    await run(rotate(first));
    expect(await fixture.auth(first)).toBe(true);
  });
});
