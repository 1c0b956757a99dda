import { kill, until, withDescendants } from "../../../tools/processes";
import { Fixture, program, shown } from "../support/fixture";
import { installHandlers } from "../support/installHandlers";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const third = "third-Passw0rd";

let fixture: Fixture;

afterEach(() => fixture.dispose());

it("an exception after the service has accepted a reset is recorded as a failed reset", async () => {
  fixture = await Fixture.create(program());
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  await installHandlers(fixture.ownPackage(), "resource/reset/waitForReset", "failsAfterAcceptance");

  const up = await fixture.up(second, { FAIL_AFTER_ACCEPTANCE: "broken" });
  expect(up.code).not.toBe(0);
  expect(shown(up)).toContain(
    "broken. Run `pulumi up` to resume waiting: until then, the old or the new password may be valid.",
  );
  expect((await fixture.cache()).outputs).toMatchObject({ status: "pending", taskId: 16658 });

  expect(await fixture.up(second)).toMatchObject({ code: 0 });
  expect((await fixture.cache()).outputs).toMatchObject({ status: "done", taskId: 16658 });
  expect(await fixture.auth(second)).toBe(true);
  expect(fixture.resets).toBe(2);
});

it("a late reset of a killed run does not override the reset of the next run", async () => {
  fixture = await Fixture.create(program());
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  // The task runs until the faults are cleared.
  fixture.cloud.addFault("ResetPassword=task-stuck*1");
  let engine = 0;
  const running = fixture.pulumi(
    ["up", "--yes", "--skip-preview"],
    { REDIS_PASSWORD: second },
    { onStart: (id) => (engine = id) },
  );
  await until(() => fixture.resets === 2);
  for (const { id } of withDescendants(engine)) kill(id);
  await running;
  expect(await fixture.pulumi(["cancel", "--yes"])).toMatchObject({ code: 0 });

  const { length } = fixture.requests;
  const next = fixture.up(third);
  // This run has found the killed run's task and waits for it.
  const isFound = () => fixture.requests.slice(length).some(({ action }) => action === "DescribeTaskList");
  await Promise.race([next, until(isFound)]);
  fixture.cloud.clearFaults();
  expect(await next).toMatchObject({ code: 0 });
  expect(await fixture.auth(second)).toBe(false);
  expect(await fixture.auth(third)).toBe(true);
  expect(fixture.resets).toBe(3);
});
