import type { CommandResult } from "../../../tools/command";
import { PulumiStack } from "../../../tools/pulumiStack";
import { expectSuccess } from "../support/expectSuccess";
import { Fixture, cacheArgs, program, shown } from "../support/fixture";
import { fromSetup } from "../support/fromSetup";

const passwords = { test: "first-Passw0rd", other: "second-Passw0rd" };
type Name = keyof typeof passwords;
const names = Object.keys(passwords) as Name[];

let fixture: Fixture;
let other: PulumiStack;

afterEach(async () => {
  other.remove();
  await fixture.dispose();
});

const up = ["up", "--yes", "--skip-preview"];

/** Runs a command in one of the two stacks. */
function tryRun(name: Name, args: readonly string[]): Promise<CommandResult> {
  const environment = { ...fixture.credentials(), REDIS_PASSWORD: passwords[name] };
  return name === "test" ? fixture.pulumi(args, environment) : other.run(args, environment);
}

/** Runs a command in one of the two stacks, which must succeed, and returns what it prints. */
async function run(name: Name, args: readonly string[]): Promise<string> {
  const result = await tryRun(name, args);
  expectSuccess(result);
  return shown(result);
}

const overwritten = "somebody else or a killed run set the password at ";

it.each([
  ["the default account", undefined, "crs-5a4py64p"],
  ["another account", "app", "crs-5a4py64p/app"],
])(
  "of two stacks that set %s at once, the one whose password was overwritten has drifted",
  async (_, account, label) => {
    const instances = { [cacheArgs.instanceId]: { password: "root-Passw0rd", accounts: { app: "app-Passw0rd" } } };
    // The second change waits for the first one, and ends one or two seconds after it.
    fixture = await Fixture.create(program({ account }), { instances, taskSeconds: 0.5 });
    other = new PulumiStack({ engine: fromSetup("E2E_ENGINE"), project: fixture.folder, name: "other" });
    await other.init();
    const first = await Promise.all(names.map(async (name) => ({ name, result: await tryRun(name, up) })));
    const [instance] = fixture.cloud.instances;
    const valid: Name[] = [];
    for (const name of names) if (await instance?.accepts(passwords[name], account ?? "root")) valid.push(name);
    expect(valid).toHaveLength(1);
    // Each sends again, once, if it sees in time that the other one has overwritten its password. If both do, the one that
    // is overwritten again fails.
    for (const { name, result } of first) {
      if (valid.includes(name) || result.code === 0) expectSuccess(result);
      else
        expect(shown(result)).toMatch(
          new RegExp(` failed: ${overwritten}.* Run \`pulumi up\` to send the password again`),
        );
    }
    for (const name of names) {
      const refreshed = await run(name, ["refresh", "--yes"]);
      if (valid.includes(name)) expect(refreshed).not.toContain(label);
      else expect(refreshed).toContain(`${label}: ${overwritten}`);
    }
    for (const name of names.filter((each) => !valid.includes(each))) {
      await run(name, up);
      expect(await instance?.accepts(passwords[name], account ?? "root")).toBe(true);
    }
  },
);
