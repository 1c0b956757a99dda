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

/** Runs a command in one of the two stacks, which must succeed, and returns what it prints. */
async function run(name: Name, args: readonly string[]): Promise<string> {
  const environment = { ...fixture.credentials(), REDIS_PASSWORD: passwords[name] };
  const result: CommandResult = await (name === "test"
    ? fixture.pulumi(args, environment)
    : other.run(args, environment));
  expectSuccess(result);
  return shown(result);
}

const up = (name: Name): Promise<string> => run(name, ["up", "--yes", "--skip-preview"]);

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
    await Promise.all(names.map(up));
    const [instance] = fixture.cloud.instances;
    const valid: Name[] = [];
    for (const name of names) if (await instance?.accepts(passwords[name], account ?? "root")) valid.push(name);
    expect(valid).toHaveLength(1);
    const overwritten = names.filter((name) => !valid.includes(name));
    for (const name of names) {
      const refreshed = await run(name, ["refresh", "--yes"]);
      if (valid.includes(name)) expect(refreshed).not.toContain(label);
      else expect(refreshed).toContain(`${label}: somebody else or a killed run set the password at `);
    }
    for (const name of overwritten) {
      await up(name);
      expect(await instance?.accepts(passwords[name], account ?? "root")).toBe(true);
    }
  },
);
