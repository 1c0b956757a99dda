import * as pulumi from "@pulumi/pulumi";

import { args, begin, registered, run } from "../support/declared";

// Under Jest it would not recognise what belongs to Node; what it makes of the stub is tested in tests/protocol.
jest.mock("@pulumi/pulumi/runtime/closure/serializeClosure", () => ({
  serializeFunction: () => Promise.resolve({ text: "the provider", containsSecrets: false }),
}));

beforeEach(async () => {
  pulumi.runtime.setAllConfig({});
  await begin();
});

describe("the region", () => {
  const withoutRegion = { instanceId: args.instanceId, password: args.password };
  const nothing = pulumi.output<string | undefined>(undefined);
  const own = { "tencentcloud-redis:region": "ap-beijing" };
  const shared = { "tencentcloud:region": "ap-shanghai" };

  afterEach(() => {
    delete process.env.TENCENTCLOUD_REGION;
  });

  it.each<[string, object, Record<string, string>, string | undefined]>([
    ["tencentcloud: if the program sets none", withoutRegion, shared, "ap-shanghai"],
    ["tencentcloud-redis: if the program sets none", withoutRegion, own, "ap-beijing"],
    ["tencentcloud-redis: before tencentcloud:", withoutRegion, { ...shared, ...own }, "ap-beijing"],
    [
      "tencentcloud: if tencentcloud-redis: is empty",
      withoutRegion,
      { ...shared, "tencentcloud-redis:region": "" },
      "ap-shanghai",
    ],
    ["the program before all config", args, { ...shared, ...own }, "ap-guangzhou"],
    ["the config if the program sets null", { ...withoutRegion, region: null }, own, "ap-beijing"],
    [
      "the config if a promise resolves to undefined",
      { ...withoutRegion, region: Promise.resolve() },
      own,
      "ap-beijing",
    ],
    ["the config if an output resolves to undefined", { ...withoutRegion, region: nothing }, own, "ap-beijing"],
    ["the config if an output resolves to null", { ...withoutRegion, region: pulumi.output(null) }, own, "ap-beijing"],
    [
      "the program if an output resolves to a region",
      { ...withoutRegion, region: pulumi.output("ap-seoul") },
      own,
      "ap-seoul",
    ],
    [
      "nowhere if an output resolves to undefined and no config is set",
      { ...withoutRegion, region: nothing },
      {},
      undefined,
    ],
    ["nowhere if all config is empty", withoutRegion, { "tencentcloud:region": "" }, undefined],
    ["nowhere if it is not set", withoutRegion, {}, undefined],
  ])("comes from %s, never from the environment", async (_, given, config, expected) => {
    process.env.TENCENTCLOUD_REGION = "ap-hongkong";
    pulumi.runtime.setAllConfig(config);
    await run({ cache: given });
    expect(registered().cache?.inputs.region).toBe(expected);
  });
});
