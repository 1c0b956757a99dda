import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { MovedClock, hour } from "../support/movedClock";
import { somebodyElse } from "../support/somebodyElse";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const foreign = "foreign-Passw0rd";

let fixture: Fixture;
afterEach(async () => {
  await fixture.dispose();
  jest.restoreAllMocks();
});

it.each<[string, string, EngineTestHeading]>([
  ["a reset that the service refuses", "ResetPassword=error:UnauthorizedOperation*1", "The service refuses the reset"],
  ["a task that fails", "ResetPassword=task-fail:Proxy busy.*1", "The task failed"],
])("%s leaves the old password in place, and the next up sets the new one", async (_, fault, heading) => {
  fixture = await Fixture.create(program());
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  fixture.cloud.addFault(fault);
  const failed = await fixture.up(second);
  expect(failed.code).not.toBe(0);
  expectDocumented(failed, heading);
  expect(await fixture.auth(first)).toBe(true);

  expect(await fixture.up(second)).toMatchObject({ code: 0 });
  expect(await fixture.auth(second)).toBe(true);
  expect(fixture.resets).toBe(3);
});

it("a reset by somebody else is found by a refresh and undone by the next up", async () => {
  const clock = new MovedClock();
  fixture = await Fixture.create(program(), { now: clock.now });
  expect(await fixture.up(first, clock.environment(fixture))).toMatchObject({ code: 0 });
  clock.moveOn(hour);
  await somebodyElse(fixture).resets(foreign);

  const refreshed = await fixture.pulumi(["refresh", "--yes", "--skip-preview"], clock.environment(fixture));
  expect(refreshed).toMatchObject({ code: 0 });
  expectDocumented(refreshed, "Somebody else set the password");
  expect(await fixture.auth(foreign)).toBe(true);

  expect(await fixture.up(first, clock.environment(fixture))).toMatchObject({ code: 0 });
  expect(await fixture.auth(first)).toBe(true);
  expect(shown(await fixture.up(first, clock.environment(fixture)))).toMatch(/2 unchanged/);
  // Ours, the other one, and ours again.
  expect(fixture.resets).toBe(3);
});
