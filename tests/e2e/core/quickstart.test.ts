import { commandsIn } from "../support/commandsIn";
import { copyOfExample } from "../support/example";
import { shown } from "../support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

it("quickstart sets the password, and changes it", async () => {
  const fixture = await copyOfExample("quickstart");
  try {
    const set = commandsIn("examples/quickstart/README.md", "Set the password", { REDIS_PASSWORD: first });
    expect(await fixture.shell(set)).toMatchObject({ code: 0 });
    expect(await fixture.auth(first)).toBe(true);

    const change = commandsIn("examples/quickstart/README.md", "Change it", { REDIS_PASSWORD: second });
    const changed = await fixture.shell(change);
    expect(changed).toMatchObject({ code: 0 });
    expect(shown(changed)).toContain("crs-5a4py64p: the password will be reset (password changed)");
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
  } finally {
    await fixture.dispose();
  }
});
