import { rmSync } from "node:fs";

import { Fixture, program, shown } from "../support/fixture";
import { installHandlers, restoreHandlers } from "../support/installHandlers";
import { makeNextVersion } from "../support/nextVersion";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a new version of the package resets nothing, and an older one asks for it when it finds a newer state", async () => {
  fixture = await Fixture.create(program());
  const folder = fixture.ownPackage();
  await fixture.up(first);

  await step("resets nothing", async () => {
    // Changes that a later release may contain: another serialized text, and a fingerprint of another version.
    makeNextVersion(folder);
    await installHandlers(folder, "resource/contract/fingerprint", "nextFingerprint");
    expect(shown(await fixture.preview(first, {}, ["--expect-no-changes"]))).toMatch(/2 unchanged/);
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
    const { inputs, outputs } = await fixture.cache();
    expect(JSON.stringify(inputs?.__provider)).toContain("0.2.0");
    expect(JSON.stringify([inputs?.password, outputs?.passwordFingerprint])).not.toContain("fingerprint v2");
  });

  await step("resets nothing after a refresh either", async () => {
    expect(shown(await fixture.pulumi(["refresh", "--yes"]))).toMatch(/2 unchanged/);
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  await step("uses its own fingerprint from the next change on", async () => {
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(2);
    expect(JSON.stringify((await fixture.cache()).outputs?.passwordFingerprint)).toContain("fingerprint v2");
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);
  });

  await step("is asked for when an older one meets a fingerprint that it does not know", async () => {
    restoreHandlers(folder);
    const up = await fixture.up(second);
    expect(up.code).not.toBe(0);
    expect(shown(up)).toContain("password: the state holds a fingerprint of version v2");
    expect(fixture.resets).toBe(2);
  });

  await step("may be removed together with the resource, which touches nothing", async () => {
    fixture.write("index.js", "");
    rmSync(folder, { recursive: true });
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect((await fixture.resources()).map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
  });
});
