import * as pulumi from "@pulumi/pulumi";

import { RedisInstancePassword } from "../../../provider";
import { args, begin, registered, run } from "../support/declared";
import { catchError } from "../support/failure";

// Under Jest it would not recognise what belongs to Node; what it makes of the stub is tested in tests/protocol.
jest.mock("@pulumi/pulumi/runtime/closure/serializeClosure", () => ({
  serializeFunction: () => Promise.resolve({ text: "the provider", containsSecrets: false }),
}));

beforeEach(async () => {
  pulumi.runtime.setAllConfig({});
  await begin();
});

it("registers its inputs under its type token", async () => {
  await run({ cache: { ...args, triggers: { month: "1" }, timeoutSeconds: 60, profile: "production" } });
  expect(registered().cache).toMatchObject({
    type: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword",
    inputs: { ...args, password: expect.anything() as unknown, triggers: { month: "1" }, timeoutSeconds: 60 },
  });
});

describe("stack traces, which Pulumi would record for each promise of a resource", () => {
  const { stackTraceLimit } = Error;
  afterEach(() => {
    delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  });

  /** How many are taken while a resource is made, but for that of where it is made. */
  function findTraces(name: string): number {
    let traces = 0;
    Error.prepareStackTrace = (error, frames) => {
      if (Error.stackTraceLimit < Infinity && frames.length > 0) traces++;
      return String(error);
    };
    new RedisInstancePassword(name, args);
    return traces;
  }

  it("are disabled, except in a search for leaked promises", () => {
    const usual = findTraces("cache");
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
    expect(findTraces("another") - usual).toBeGreaterThan(20);
  });

  it("are enabled again afterwards, even if Pulumi rejects the resource", async () => {
    const { stack } = (await catchError(() => new RedisInstancePassword("", args))) as Error;
    expect(stack).toMatch(/Missing resource name[^]*\n +at .*redisInstancePassword\.test\.ts/);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
    await run({ cache: args });
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it("do not include the source position of the resource, which is still recorded", async () => {
    await run({ cache: args });
    expect(registered().cache?.madeIn).toMatch(/redisInstancePassword\.ts$/);
  });
});

it("marks the password and its fingerprint as secret", async () => {
  await run({ cache: args });
  const { password } = registered().cache?.inputs ?? {};
  expect(password).toMatchObject({
    value: "zy456987",
    "4dabf18193072939515e22adb298388d": expect.any(String) as string,
  });
  expect(registered().cache?.secretOutputs).toContain("passwordFingerprint");
});

it("has outputs, but not the password among them", async () => {
  const { cache } = await run({ cache: args });
  expect(cache).toHaveProperty("taskId");
  expect(cache).not.toHaveProperty("password");
});

describe("a unit test with mocks", () => {
  afterEach(() => jest.useRealTimers());

  it("sees only the inputs that it has set", async () => {
    await run({ cache: args, keeping: { ...args, ignoreChanges: ["instanceId"] } });
    const given = ["__provider", "instanceId", "password", "region"];
    const inputs = ["cache", "keeping"].map((name) => Object.keys(registered()[name]?.inputs ?? {}).sort());
    expect(inputs).toEqual([given, given]);
  });

  it("may create one resource any number of times", async () => {
    await run({ cache: args });
    const first = registered().cache;
    await run({ cache: args });
    await run({ other: args });
    expect(registered()).toEqual({ cache: first, other: { ...first, madeIn: expect.any(String) as string } });
  });

  it("may use fake timers that are never advanced", async () => {
    jest.useFakeTimers();
    await run({ cache: args, other: args });
    expect(Object.keys(registered())).toEqual(["cache", "other"]);
  });
});

describe("an unknown key of the namespace tencentcloud-redis in Pulumi config", () => {
  it("is rejected by name, without its value, and nothing is registered", async () => {
    pulumi.runtime.setAllConfig({ "tencentcloud-redis:secretkey": "theS3CRET", "tencentcloud-redis:region": "x" });
    const error = await catchError(() => new RedisInstancePassword("cache", args));
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect((error as Error).message).toMatch(/^Config tencentcloud-redis:secretkey is unknown: use one of region, /);
    expect((error as Error).message).not.toContain("S3CRET");
    expect(registered()).toEqual({});
  });

  it("is ignored in another namespace", async () => {
    pulumi.runtime.setAllConfig({ "tencentcloud:whatever": "x", "project:endpont": "x" });
    await run({ cache: args });
    expect(registered()).toHaveProperty("cache");
  });
});

it("leaves missing inputs to check if a program passes no arguments", async () => {
  await run({ cache: undefined, other: undefined });
  expect(registered().cache?.inputs.instanceId).toBeUndefined();
});

it.each([
  { import: "ap-guangzhou/crs-5a4py64p" },
  { id: "ap-guangzhou/crs-5a4py64p" },
  { urn: "urn:pulumi:a::b::c::d" },
])("throws for an option that would read the resource, because that would record the password: %j", async (options) => {
  const error = await catchError(() => new RedisInstancePassword("cache", args, options));
  expect(error).toBeInstanceOf(pulumi.RunError);
  expect(error).toHaveProperty(
    "message",
    'RedisInstancePassword cannot be imported or looked up: create it, with onCreate: "adopt" to reset nothing',
  );
  expect(registered()).toEqual({});
});

it("checks the options of a JavaScript program, too", async () => {
  const cache = new RedisInstancePassword("cache", args, { additionalSecretOutputs: ["requestId"] });
  await new Promise((resolve) => cache.urn.apply(resolve));
  expect(registered().cache?.secretOutputs).toEqual(expect.arrayContaining(["requestId", "passwordFingerprint"]));
});
