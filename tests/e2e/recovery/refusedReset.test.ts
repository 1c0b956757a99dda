import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

describe("a reset that is refused", () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await Fixture.create(program());
  });
  afterEach(() => fixture.dispose());

  it.each([
    [
      "without credentials",
      { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "" },
      /No Tencent Cloud credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment/,
    ],
    [
      "with half a key pair",
      { TENCENTCLOUD_SECRET_KEY: "" },
      /TENCENTCLOUD_SECRET_ID is set, TENCENTCLOUD_SECRET_KEY is not/,
    ],
    [
      "with a wrong key",
      { TENCENTCLOUD_SECRET_KEY: "wrong-secret-key" },
      /DescribeTaskList failed: .* \(AuthFailure\.SignatureFailure, request [0-9a-f-]{36}\); the key is from the environment \(TENCENTCLOUD_SECRET_ID\)\. Check the secret id and key/,
    ],
    [
      "with the key of somebody else",
      { TENCENTCLOUD_SECRET_ID: "AKIDwrong" },
      /DescribeTaskList failed: .* \(AuthFailure\.SecretIdNotFound, request [0-9a-f-]{36}\)/,
    ],
    [
      "over http to another host",
      { TENCENTCLOUD_REDIS_ENDPOINT: "http://192.0.2.1" },
      /TENCENTCLOUD_REDIS_ENDPOINT must use https: plain http is for loopback addresses only/,
    ],
  ])("%s explains why and what to do", async (_, environment, reason) => {
    const up = await fixture.up(first, environment);
    expect(up.code).not.toBe(0);
    expect(shown(up)).toMatch(reason);
    expect(shown(up)).not.toMatch(/wrong-secret-key|\n\s+at /);
    expect(await fixture.auth(first)).toBe(false);
    expect(fixture.output).not.toMatch(/-Passw0rd/);
  });

  it("keeps the recorded state, and the next up sets the password", async () => {
    await step("by the service's own rule tells so, and the next up with a good one succeeds", async () => {
      await fixture.up(first);
      // The instance does not exist in this region: the service refuses, not the check.
      fixture.write("index.js", program({ instanceId: "crs-missing" }));
      const refused = await fixture.up(first);
      expect(refused.code).not.toBe(0);
      expect(shown(refused)).toMatch(
        /ResetPassword failed: .* \(ResourceNotFound\.InstanceNotExists, request .*\)\. Check instanceId and region/,
      );
      fixture.write("index.js", program());
      expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
      expect(await fixture.auth(first)).toBe(true);
    });

    await step("leaves the old password recorded, so that the next up tries again", async () => {
      const before = fixture.resets;
      await fixture.up(second, { TENCENTCLOUD_SECRET_KEY: "wrong-secret-key" });
      expect(await fixture.auth(first)).toBe(true);
      expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
      await fixture.up(second, { TENCENTCLOUD_SECRET_KEY: "wrong-secret-key" });
      expect(await fixture.up(second)).toMatchObject({ code: 0 });
      expect(await fixture.auth(second)).toBe(true);
      // With a key that may not read the tasks, no reset is sent.
      expect(fixture.resets).toBe(before + 1);
    });

    expect(fixture.output).not.toMatch(/-Passw0rd/);
  });
});
