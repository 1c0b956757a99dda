import { Fixture, shown } from "../support/fixture";
import { declaring, outcome, twoInstances, untouched } from "../support/outcome";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

/** A resource whose ignoreChanges keeps crs-5a4py64p. */
const keeping = 'set("keeping", { instanceId: "crs-other" }, { ignoreChanges: ["instanceId"] });';
const other = 'set("other", { password: process.env.OTHER_PASSWORD });';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await twoInstances('set("keeping");');
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
});
afterEach(() => fixture.dispose());

it.each([
  ["declared after it", keeping + other],
  ["declared before it", other + keeping],
])("another resource for the instance that ignoreChanges keeps is refused, %s", async (_, body) => {
  fixture.write("index.js", declaring(body));
  const up = await fixture.up(first, { OTHER_PASSWORD: second });
  expect(up.code).not.toBe(0);
  expect(shown(up)).toContain("instanceId: another resource of this program has the instance crs-5a4py64p");
  const { accepts, resets } = await outcome(fixture);
  // If the first resource's reset was sent already, the error says so.
  if (resets > 1) expect(shown(up)).toContain("the reset of the other one was sent");
  expect(accepts["crs-other"]).toBe(untouched["crs-other"]);
});

it("a replacement of one resource does not count as a second one", async () => {
  fixture.write("index.js", declaring(keeping));
  const urn = (await fixture.cache()).urn;
  expect(await fixture.up(second, {}, ["--replace", urn])).toMatchObject({ code: 0 });
  fixture.write("index.js", declaring('set("keeping", { triggers: { rotation: "2" } }, { replaceOnChanges: ["*"] });'));
  expect(await fixture.up(second)).toMatchObject({ code: 0 });
});
