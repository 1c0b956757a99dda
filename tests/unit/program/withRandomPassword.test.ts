import type { runtime } from "@pulumi/pulumi";

import type * as Example from "../../../examples/with-random-password";

// Under Jest it would not recognise what belongs to Node; what it makes of the stub is tested in tests/protocol.
jest.mock("@pulumi/pulumi/runtime/closure/serializeClosure", () => ({
  serializeFunction: () => Promise.resolve({ text: "the provider", containsSecrets: false }),
}));

/** Pulumi's mark of a secret. */
const secret = "4dabf18193072939515e22adb298388d";

it.each([
  [undefined, "1"],
  ["2", "2"],
])("the example passes the random password to the resource, with the rotation %s", async (rotation, expected) => {
  jest.resetModules();
  const registered: Record<string, unknown> = {};
  const sdk = await import("@pulumi/pulumi");
  sdk.runtime.setAllConfig(rotation === undefined ? {} : { "project:rotation": rotation });
  await sdk.runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, name, inputs }: runtime.MockResourceArgs) => {
      registered[type] = inputs;
      return { id: name, state: { ...(inputs as object), result: "r4ndom-of-the-plugin", taskId: 16657 } };
    },
  });

  const { taskId } = jest.requireActual<typeof Example>("../../../examples/with-random-password");
  expect(await new Promise((resolve) => taskId.apply(resolve))).toBe(16657);
  expect(registered).toMatchObject({
    "random:index/randomPassword:RandomPassword": {
      length: 32,
      minLower: 1,
      minNumeric: 1,
      keepers: { rotation: expected },
    },
    "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword": {
      instanceId: "crs-5a4py64p",
      region: "ap-guangzhou",
      password: { [secret]: expect.any(String) as string, value: "r4ndom-of-the-plugin" },
    },
  });
});
