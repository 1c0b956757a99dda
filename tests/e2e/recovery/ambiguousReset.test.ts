import { expectDocumented } from "../support/documented";
import { Fixture, program } from "../support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

describe("a changed password whose first response was lost, and whose next task failed", () => {
  it.each(["task-fail:out of luck", "task-error"])("%s: is reverted when the code reverts it", async (failure) => {
    const fixture = await Fixture.create(program());
    try {
      expect(await fixture.up(first)).toMatchObject({ code: 0 });
      fixture.cloud.addFault("ResetPassword=drop-response*1");
      fixture.cloud.addFault(`ResetPassword=${failure}*1`);
      expect((await fixture.up(second)).code).not.toBe(0);
      expect(await fixture.auth(second)).toBe(true);
      expectDocumented(await fixture.preview(second), "A reset is in doubt");

      expect(await fixture.up(first)).toMatchObject({ code: 0 });
      expect(await fixture.auth(first)).toBe(true);
      expect(fixture.resets).toBe(4);
    } finally {
      await fixture.dispose();
    }
  });
});
