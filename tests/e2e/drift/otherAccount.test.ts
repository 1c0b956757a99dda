import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";

const first = "first-Passw0rd";
const otherAccount = { accountId: "100000000002", secretId: `AKID${"b".repeat(32)}`, secretKey: "c".repeat(32) };

let fixture: Fixture;
const sts = () => ({ TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint });
const ofOther = () => ({
  ...sts(),
  TENCENTCLOUD_SECRET_ID: otherAccount.secretId,
  TENCENTCLOUD_SECRET_KEY: otherAccount.secretKey,
});

beforeEach(async () => {
  fixture = await Fixture.create(program(), { otherAccount });
});
afterEach(() => fixture.dispose());

it("a refresh with another Tencent Cloud account's credentials keeps the resource, and the next up resets nothing", async () => {
  expect(await fixture.up(first, sts())).toMatchObject({ code: 0 });
  const before = await fixture.cache();
  expect(before.outputs).toMatchObject({ ownerAccountId: "100000000001" });
  const refresh = await fixture.pulumi(["refresh", "--yes"], ofOther());
  expect(refresh).toMatchObject({ code: 0 });
  expectDocumented(refresh, "Another Tencent Cloud account does not see the instance");
  expect((await fixture.cache()).outputs).toEqual(before.outputs);
  expect(shown(await fixture.up(first, sts()))).toMatch(/2 unchanged/);
  expect(fixture.resets).toBe(1);

  // Credentials of the instance's own Tencent Cloud account are trusted.
  fixture.cloud.addFault("DescribeInstances=gone*1");
  const own = await fixture.pulumi(["refresh", "--yes"], sts());
  expectDocumented(own, "The instance is gone");
  await expect(fixture.cache()).rejects.toThrow("the state holds no RedisInstancePassword");
});

it("a state without a Tencent Cloud account keeps a missing instance, too", async () => {
  // Without the address of this STS, no owner is requested.
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  expect((await fixture.cache()).outputs).not.toHaveProperty("ownerAccountId");
  fixture.cloud.addFault("DescribeInstances=gone*1");
  const refresh = await fixture.pulumi(["refresh", "--yes"], sts());
  expect(shown(refresh)).toContain(
    "kept in the state, since its Tencent Cloud account is unknown and the one of these credentials is 100000000001",
  );
});
