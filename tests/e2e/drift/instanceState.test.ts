import { step } from "../../support/step";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { findLines } from "../support/lines";
import { recordedOutputs } from "../support/recorded";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(() => fixture.dispose());

describe("an instance", () => {
  /** Makes the owner of the instance readable. */
  const environment = () => ({ TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint });
  const upAsOwner = (password: string, ...args: string[]) => fixture.up(password, environment(), args);
  const refreshAsOwner = () => fixture.pulumi(["refresh", "--yes", "--skip-preview"], environment());

  beforeEach(async () => {
    fixture = await Fixture.create(program());
    expect(await upAsOwner(first)).toMatchObject({ code: 0 });
  });

  it.each([
    ["isolated", "the instance is isolated. Restore the instance in the console, then run `pulumi up`."],
    ["deleted", "the instance is to be deleted. Remove the resource from the program."],
  ])("that is %s does not count as gone, and is not changed", async (fault, line) => {
    const before = await recordedOutputs(fixture);
    fixture.cloud.addFault(`DescribeInstances=${fault}`);
    const refreshed = await refreshAsOwner();
    expect(shown(refreshed)).toMatch(/2 unchanged/);
    expect(findLines(refreshed)).toEqual([line]);
    expect(await recordedOutputs(fixture)).toEqual(before);
    expect(shown(await upAsOwner(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  it("that is gone is removed from the state, and gets the password by one reset when it exists again", async () => {
    await step("that is gone leaves the state, and the next up says what to do", async () => {
      fixture.cloud.addFault("DescribeInstances=gone");
      const refreshed = await refreshAsOwner();
      expect(refreshed).toMatchObject({ code: 0 });
      expect(findLines(refreshed)).toEqual(["the instance is gone, so the resource is removed from the state"]);
      expectDocumented(refreshed, "The instance is gone");
      expect(shown(refreshed)).toMatch(/1 deleted/);
      expect(await recordedOutputs(fixture)).toBeUndefined();
      expect(shown(await fixture.preview(first, environment()))).toMatch(/1 to create/);
      const refused = await upAsOwner(first);
      expect(refused.code).not.toBe(0);
      expect(shown(refused)).toMatch(/ResourceNotFound.*Check instanceId and region/);
      expect(await recordedOutputs(fixture)).toBeUndefined();
    });

    await step("that is there again gets the password by one reset", async () => {
      fixture.cloud.clearFaults();
      const resets = fixture.resets;
      expect(await upAsOwner(second)).toMatchObject({ code: 0 });
      expect(await fixture.auth(second)).toBe(true);
      expect(await recordedOutputs(fixture)).toMatchObject({ status: "done" });
      expect(shown(await upAsOwner(second))).toMatch(/2 unchanged/);
      expect(fixture.resets).toBe(resets + 1);
    });

    await step("that is gone is a reset that is refused, where one up refreshes", async () => {
      fixture.cloud.addFault("DescribeInstances=gone");
      const refused = await upAsOwner(second, "--refresh");
      expect(refused.code).not.toBe(0);
      expect(findLines(refused)).toEqual([
        "the instance is gone, so the resource is removed from the state",
        "the password will be set",
      ]);
    });
  });
});
