import { existsSync } from "node:fs";
import path from "node:path";

import { authAccepted } from "../../../tools/redisAuth";
import { commandsIn } from "../support/commandsIn";
import { Fixture, program, shown } from "../support/fixture";
import { findLines } from "../support/lines";
import { start, stop } from "../support/localCommand";

const password = "first-Passw0rd";
const refused =
  "tencent-redis-local: ResetPassword failed: The instance crs-x does not exist. (ResourceNotFound.InstanceNotExists)\n";
let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.create(program());
});
afterAll(() => fixture.dispose());

it("drift by hand is detected and corrected by the documented commands", async () => {
  const exported = path.join(fixture.folder, "local-cloud.env");
  const { process, first } = await start(["--export", exported, "--task-seconds", "0.2"]);
  const accepts = (text: string) => authAccepted(first.instances[0]?.port ?? 0, text);
  try {
    const script = commandsIn("docs/local-cloud.md", "Drift by hand");
    const result = await fixture.shell(script, { REDIS_PASSWORD: password });
    expect(result).toMatchObject({ code: 0 });
    expect(shown(result)).toContain("crs-5a4py64p: the password was reset (task 16658)\n");
    expect(findLines(result)).toContainEqual(
      expect.stringMatching(/^the password will be reset \(somebody else or a killed run set the password/),
    );
    expect(await accepts(password)).toBe(true);
    // The commands used their own cloud, not the fixture's.
    expect(fixture.resets).toBe(0);

    const foreign = { REDIS_PASSWORD: password, TENCENT_REDIS_LOCAL_PASSWORD: "foreign-Passw0rd" };
    expect(await fixture.shell(". ./local-cloud.env; npx tencent-redis-local reset", foreign)).toMatchObject({
      code: 0,
    });
    expect(await accepts("foreign-Passw0rd")).toBe(true);
    expect(await fixture.shell(". ./local-cloud.env; npx tencent-redis-local reset --instance crs-x")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(refused) as string,
    });
  } finally {
    expect(await stop(process)).toBe(0);
  }
  expect(existsSync(exported)).toBe(false);
});
