import * as pulumi from "@pulumi/pulumi";

import { args, begin, registered, run } from "../support/declared";

// Under Jest it would not recognise what belongs to Node; what it makes of the stub is tested in tests/protocol.
jest.mock("@pulumi/pulumi/runtime/closure/serializeClosure", () => ({
  serializeFunction: () => Promise.resolve({ text: "the provider", containsSecrets: false }),
}));

beforeEach(async () => {
  pulumi.runtime.setAllConfig({});
  await begin({ hasEngine: true });
});

/** Returns undefined without a conflict. */
const readConflict = (name: string): unknown => registered()[name]?.inputs.__conflict;

it.each([["instanceId"], ["region"], ["account"], ["*"]])(
  "leaves the comparison to the provider if changes of %s are ignored",
  async (ignored) => {
    await run({ cache: args, keeping: { ...args, ignoreChanges: [ignored] } });
    expect([readConflict("cache"), readConflict("keeping")]).toEqual([undefined, undefined]);
    expect(registered().cache?.inputs.__claim).not.toBe(registered().keeping?.inputs.__claim);
  },
);

it("adds no output to tell two resources apart", async () => {
  const { one } = await run({ one: args, two: args });
  expect(Object.keys(one ?? {}).filter((name) => /claim|conflict/i.test(name))).toEqual([]);
});

describe("two resources for one instance", () => {
  it("both get the names of both", async () => {
    await run({ one: args, two: args });
    const names = ["one", "two"];
    expect([readConflict("one"), readConflict("two")]).toEqual([names, names]);
  });

  it("are reported without the id, which could be a misplaced password", async () => {
    const swapped = { ...args, instanceId: "misplaced-Passw0rd", password: "crs-5a4py64p" };
    await run({ one: swapped, two: swapped });
    const names = ["one", "two"];
    expect([readConflict("one"), readConflict("two")]).toEqual([names, names]);
  });

  it("do not conflict if the instance or the region differs", async () => {
    await run({ one: args, two: { ...args, instanceId: "crs-another1" }, three: { ...args, region: "ap-shanghai" } });
    expect(["one", "two", "three"].map(readConflict)).toEqual([undefined, undefined, undefined]);
  });

  it.each<[string, object, object]>([
    ["root and no account", { account: "root" }, {}],
    ["null and root", { account: null }, { account: "root" }],
    ["the same custom account", { account: "app" }, { account: pulumi.output("app") }],
  ])("conflict if they have %s", async (_, first, second) => {
    await run({ one: { ...args, ...first }, two: { ...args, ...second } });
    expect([readConflict("one"), readConflict("two")]).toEqual([
      ["one", "two"],
      ["one", "two"],
    ]);
  });

  it("do not conflict if they have different accounts", async () => {
    await run({ one: args, two: { ...args, account: "app" }, three: { ...args, account: "spare" } });
    expect(["one", "two", "three"].map(readConflict)).toEqual([undefined, undefined, undefined]);
  });

  it("are reported in plain text if the account is secret", async () => {
    const secret = { ...args, account: pulumi.secret("app") };
    await run({ one: secret, two: secret });
    expect(readConflict("one")).toEqual(["one", "two"]);
  });

  it("do not conflict in two runs", async () => {
    await run({ one: args });
    await begin({ hasEngine: true });
    await run({ two: args });
    expect(readConflict("two")).toBeUndefined();
  });

  it.each(["instanceId", "region", "account"])("do not conflict if the %s is empty", async (field) => {
    await run({ one: { ...args, [field]: "" }, two: { ...args, [field]: "" } });
    expect([readConflict("one"), readConflict("two")]).toEqual([undefined, undefined]);
  });

  it("are reported in plain text if the instance id is secret", async () => {
    const secret = { ...args, instanceId: pulumi.secret(args.instanceId) };
    await run({ one: secret, two: secret });
    expect(readConflict("one")).toEqual(["one", "two"]);
  });
});
