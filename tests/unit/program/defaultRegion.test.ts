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
    ["tencentcloud: where the program gives none", withoutRegion, shared, "ap-shanghai"],
    ["tencentcloud-redis: where the program gives none", withoutRegion, own, "ap-beijing"],
    ["tencentcloud-redis: before tencentcloud:", withoutRegion, { ...shared, ...own }, "ap-beijing"],
    [
      "tencentcloud: where tencentcloud-redis: is empty",
      withoutRegion,
      { ...shared, "tencentcloud-redis:region": "" },
      "ap-shanghai",
    ],
    ["the program before all config", args, { ...shared, ...own }, "ap-guangzhou"],
    ["the config where the program gives null", { ...withoutRegion, region: null }, own, "ap-beijing"],
    [
      "the config where a promise resolves to nothing",
      { ...withoutRegion, region: Promise.resolve() },
      own,
      "ap-beijing",
    ],
    ["the config where an output resolves to undefined", { ...withoutRegion, region: nothing }, own, "ap-beijing"],
    [
      "the config where an output resolves to null",
      { ...withoutRegion, region: pulumi.output(null) },
      own,
      "ap-beijing",
    ],
    [
      "the program where an output resolves to one",
      { ...withoutRegion, region: pulumi.output("ap-seoul") },
      own,
      "ap-seoul",
    ],
    [
      "nowhere where an output resolves to undefined, and all config is empty",
      { ...withoutRegion, region: nothing },
      {},
      undefined,
    ],
    ["nowhere where all config is empty", withoutRegion, { "tencentcloud:region": "" }, undefined],
    ["nowhere else", withoutRegion, {}, undefined],
  ])("comes from %s, never from the environment", async (_, given, config, expected) => {
    process.env.TENCENTCLOUD_REGION = "ap-hongkong";
    pulumi.runtime.setAllConfig(config);
    await run({ cache: given });
    expect(registered().cache?.inputs.region).toBe(expected);
  });
});
