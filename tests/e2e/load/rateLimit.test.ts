import { authAccepted } from "../../../tools/redisAuth";
import { Fixture, shown } from "../support/fixture";

const instanceIds = Array.from({ length: 200 }, (_, index) => `crs-${String(index).padStart(3, "0")}`);
const makePassword = (instanceId: string) => `Passw0rd-of-${instanceId}`;

/** A resource for each instance. */
const program = (ids: readonly string[]) => `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  for (const instanceId of ${JSON.stringify(ids)}) {
    new RedisInstancePassword(instanceId, { instanceId, region: "ap-guangzhou", password: "Passw0rd-of-" + instanceId });
  }
`;

const instances = Object.fromEntries(instanceIds.map((instanceId) => [instanceId, undefined]));
const up = ["up", "--yes", "--skip-preview", "--parallel", "200", "--suppress-progress"];

async function expectAllSet(fixture: Fixture): Promise<void> {
  const refused: string[] = [];
  for (const { instanceId, port } of fixture.cloud.instances) {
    if (!(await authAccepted(port, makePassword(instanceId)))) refused.push(instanceId);
  }
  expect(refused).toEqual([]);
}

const refusals = ({ requests }: Fixture) => requests.filter(({ code }) => code === "RequestLimitExceeded");

describe("200 resets against a service that serves 20 requests a second", () => {
  it("in one up stay within the quota", async () => {
    const fixture = await Fixture.create(program(instanceIds), { instances, taskSeconds: 0 });
    try {
      const result = await fixture.pulumi(up);
      expect(shown(result)).toMatch(/\+ 201 created/);
      expect(refusals(fixture)).toEqual([]);
      expect(fixture.resets).toBe(200);
      await expectAllSet(fixture);
    } finally {
      await fixture.dispose();
    }
  });

  it("in four concurrent ups are sometimes throttled, and all succeed", async () => {
    // Half of the quota, so that the ups compete even on a slow machine.
    const shared = await Fixture.create("", { instances, taskSeconds: 0, requestsPerSecond: 10 });
    const quarters = [0, 50, 100, 150].map((start) => instanceIds.slice(start, start + 50));
    const fixtures = await Promise.all(quarters.map((ids) => Fixture.create(program(ids))));
    try {
      const results = await Promise.all(fixtures.map((fixture) => fixture.pulumi(up, shared.credentials())));
      for (const result of results) expect(shown(result)).toMatch(/\+ 51 created/);
      expect(refusals(shared).length).toBeGreaterThan(0);
      await expectAllSet(shared);
    } finally {
      await Promise.all([shared, ...fixtures].map((fixture) => fixture.dispose()));
    }
  });
});
