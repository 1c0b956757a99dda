import { program } from "../support/fixture";
import { Hunt } from "../support/hunt";
import { installHandlers } from "../support/installHandlers";
import { leaks } from "../support/leaks";
import { upWith } from "../support/scenario";

let hunt: Hunt;

beforeAll(async () => {
  hunt = await Hunt.create(program());
  await installHandlers(hunt.fixture.ownPackage(), "resource/reset/waitForReset", "leaks");
});
afterAll(() => hunt.dispose());

it.each(Object.entries(leaks))("the search finds a password that the package leaks in %s", async (LEAK, { places }) => {
  hunt.newPassword();
  await hunt.run(upWith("--event-log", "events.json"), { PULUMI_DEBUG_COMMANDS: "1", LEAK });
  const { name } = hunt.canaries.at(-1) ?? {};
  const found = (await hunt.finds()).filter(({ canary }) => canary === name).map(({ place }) => place);
  for (const place of places) expect(found).toContainEqual(expect.stringMatching(place));
});
