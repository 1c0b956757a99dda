import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const ignoringPassword = '{ ignoreChanges: ["password"] }';

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("ignoreChanges on the password does not change the instance, and reports a reset without a password", async () => {
  fixture = await Fixture.create(program({}, ignoringPassword));
  await fixture.up(first);

  await step("leaves the instance alone when the password changes", async () => {
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
    expect(await fixture.auth(first)).toBe(true);
  });

  await step("makes a preview fail with the reason, when something else asks for a reset", async () => {
    fixture.write("index.js", program({ triggers: { rotation: "2" } }, ignoringPassword));
    const preview = await fixture.preview(second);
    expect(preview.code).not.toBe(0);
    expectDocumented(preview, "There is no password to send");
    expect(shown(preview)).toContain("(trigger rotation changed)");
    expect(shown(preview)).not.toMatch(/\n\s+at /);
    expect(await fixture.up(second)).not.toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(1);
    expect(await fixture.auth(first)).toBe(true);
  });

  await step("does so too when the instance changes", async () => {
    fixture.write("index.js", program({ instanceId: "crs-other" }, ignoringPassword));
    const preview = await fixture.preview(second);
    expect(preview.code).not.toBe(0);
    expect(shown(preview)).toContain("The password of crs-other must be reset (instanceId changed)");
  });

  await step("goes on without it once it is taken away", async () => {
    fixture.write("index.js", program());
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(2);
    expect(await fixture.auth(second)).toBe(true);
  });
});
