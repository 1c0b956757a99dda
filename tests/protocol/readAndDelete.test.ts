import { DynamicProvider } from "./support/dynamicProvider";
import { type Recorded, createResource } from "./support/operations";
import { TestCloud } from "./support/testCloud";

const instanceId = "crs-5a4py64p";
const password = "Correct-horse-7";

let cloud: TestCloud;
let later: DynamicProvider;
let refused: DynamicProvider;
let withSts: DynamicProvider;
let recorded: Recorded;

beforeAll(async () => {
  cloud = await TestCloud.start({ instances: { [instanceId]: "Initial-password-1" } });
  const earlier = await DynamicProvider.start({ environment: cloud.environment });
  recorded = await createResource(earlier, { instanceId, password, region: "ap-guangzhou" });
  later = await DynamicProvider.start({ environment: cloud.environment });
  withSts = await DynamicProvider.start({ environment: cloud.environmentWithSts });
  refused = await DynamicProvider.start({ environment: { ...cloud.environment, TENCENTCLOUD_SECRET_KEY: "wrong" } });
});
afterAll(() => Promise.all([DynamicProvider.stopAll(), cloud.stop()]));

describe("A refresh", () => {
  test("keeps the resource while the instance exists", async () => {
    const { id, outputs } = recorded;
    expect(await later.read(id, outputs)).toEqual({ id, outputs });
  });

  test("removes the resource, by an empty id, if the instance of its account is gone", async () => {
    const { accountId: ownerAccountId } = cloud;
    const outputs = { ...recorded.outputs, ownerAccountId };
    expect(await withSts.read("ap-guangzhou/crs-gone", outputs)).toMatchObject({ id: "" });
  });

  test("keeps the resource when another account may have the instance", async () => {
    const outputs = { ...recorded.outputs, ownerAccountId: "100000000099" };
    expect(await withSts.read("ap-guangzhou/crs-gone", outputs)).toEqual({ id: "ap-guangzhou/crs-gone", outputs });
  });

  test("keeps the resource if the owner of the credentials is unknown", async () => {
    const outputs = { ...recorded.outputs, ownerAccountId: cloud.accountId };
    expect(await later.read("ap-guangzhou/crs-gone", outputs)).toEqual({ id: "ap-guangzhou/crs-gone", outputs });
  });

  test("fails if the service refuses the request, and does not treat that as a missing instance", async () => {
    await expect(refused.read(recorded.id, recorded.outputs)).rejects.toThrow(
      /^DescribeInstances failed: .*AuthFailure\.SignatureFailure.*; the key is from the environment .*\. Check the secret id and key\.$/,
    );
  });
});

test.each<[string, () => DynamicProvider]>([
  ["sends nothing, and prints that the instance keeps its password", () => later],
  ["succeeds with credentials that the service refuses", () => refused],
])("pulumi destroy %s", async (_, provider) => {
  await provider().takeOutput();
  const asked = cloud.actions.length;
  await provider().delete(recorded.id, recorded.outputs);
  expect(await provider().takeOutput()).toEqual({
    stdout: [`${instanceId}: deleting the resource does not change the instance or its password`],
    stderr: [],
  });
  expect(cloud.actions).toHaveLength(asked);
  expect(await cloud.accepts(instanceId, password)).toBe(true);
});
