import * as pulumi from "@pulumi/pulumi";

import { RedisInstancePassword, type RedisInstancePasswordArgs } from "../../provider";
import { failureOf } from "./support/failure";

// Under Jest it would not recognise what belongs to Node; what it makes of the stub is tested in tests/protocol.
jest.mock("@pulumi/pulumi/runtime/closure/serializeClosure", () => ({
  serializeFunction: () => Promise.resolve({ text: "the provider", containsSecrets: false }),
}));

interface Registered {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** The address of a source. */
  readonly madeIn: string | undefined;
}

interface Request {
  getName(): string;
  getAdditionalsecretoutputsList(): string[];
  getSourceposition(): { getUri(): string } | undefined;
}

/** What Pulumi's engine is asked for, of which its mocks show a part only. */
interface Monitor {
  registerResource(request: Request, reply: unknown): unknown;
}

const args = { instanceId: "crs-5a4py64p", password: "zy456987", region: "ap-guangzhou" };

let registered: Record<string, Registered>;

/** Begins a run, with an engine of its own. */
async function begin(): Promise<void> {
  registered = {};
  const told: Record<string, Pick<Registered, "secretOutputs" | "madeIn">> = {};
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, name, inputs }) => {
      const given = inputs as Record<string, unknown>;
      registered[name] = { type, inputs: given, secretOutputs: [], madeIn: undefined, ...told[name] };
      return { id: "ap-guangzhou/crs-5a4py64p", state: { ...given, taskId: 7 } };
    },
  });
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, reply) => {
    told[request.getName()] = {
      secretOutputs: request.getAdditionalsecretoutputsList(),
      madeIn: request.getSourceposition()?.getUri(),
    };
    return registerResource(request, reply);
  };
}

beforeEach(async () => {
  pulumi.runtime.setAllConfig({});
  await begin();
});

/** Runs a program that declares these resources. */
async function run(resources: Record<string, object | undefined>): Promise<Record<string, RedisInstancePassword>> {
  const declared = Object.entries(resources).map(([name, given]) => {
    const { ignoreChanges, ...rest } = (given ?? {}) as RedisInstancePasswordArgs & { ignoreChanges?: string[] };
    const options = ignoreChanges && { ignoreChanges };
    return [name, new RedisInstancePassword(name, (given && rest) as RedisInstancePasswordArgs, options)] as const;
  });
  await Promise.all(declared.map(([, { urn }]) => new Promise((resolve) => urn.apply(resolve))));
  return Object.fromEntries(declared);
}

/** Where there is none, nothing is handed over. */
const conflictOf = (name: string): unknown => registered[name]?.inputs.conflict;

it("hands over its inputs, under a type of its own", async () => {
  await run({ cache: { ...args, triggers: { month: "1" }, timeoutSeconds: 60, profile: "production" } });
  expect(registered.cache).toMatchObject({
    type: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword",
    inputs: { ...args, password: expect.anything() as unknown, triggers: { month: "1" }, timeoutSeconds: 60 },
  });
});

describe("stack traces, which Pulumi would keep with each promise of a resource", () => {
  const { stackTraceLimit } = Error;
  afterEach(() => {
    delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  });

  /** How many are taken while a resource is made, but for that of where it is made. */
  function tracesOf(name: string): number {
    let traces = 0;
    Error.prepareStackTrace = (error, frames) => {
      if (Error.stackTraceLimit < Infinity && frames.length > 0) traces++;
      return String(error);
    };
    new RedisInstancePassword(name, args);
    return traces;
  }

  it("are left out, but for a search for leaked promises", () => {
    const usual = tracesOf("cache");
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
    expect(tracesOf("another") - usual).toBeGreaterThan(20);
  });

  it("are there again afterwards, also where Pulumi refuses the resource", async () => {
    const { stack } = (await failureOf(() => new RedisInstancePassword("", args))) as Error;
    expect(stack).toMatch(/Missing resource name[^]*\n +at .*redisInstancePassword\.test\.ts/);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
    await run({ cache: args });
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it("do not tell where in the program the resource is made: that is recorded as ever", async () => {
    await run({ cache: args });
    expect(registered.cache?.madeIn).toMatch(/redisInstancePassword\.ts$/);
  });
});

it("makes a secret of the password, and of what is recorded in its place", async () => {
  await run({ cache: args });
  const { password } = registered.cache?.inputs ?? {};
  expect(password).toMatchObject({
    value: "zy456987",
    "4dabf18193072939515e22adb298388d": expect.any(String) as string,
  });
  expect(registered.cache?.secretOutputs).toContain("passwordFingerprint");
});

it.each([["instanceId"], ["region"], ["*"]])(
  "leaves it to the provider which instance a resource has that ignores changes of %s",
  async (ignored) => {
    await run({ cache: args, keeping: { ...args, ignoreChanges: [ignored] } });
    expect([conflictOf("cache"), conflictOf("keeping")]).toEqual([undefined, undefined]);
    expect(registered.cache?.inputs.claim).not.toBe(registered.keeping?.inputs.claim);
  },
);

it("has outputs, but neither the password nor a conflict among them", async () => {
  const { cache } = await run({ cache: args });
  expect(cache).toHaveProperty("taskId");
  expect(cache).not.toHaveProperty("password");
  expect(cache).not.toHaveProperty("conflict");
});

describe("the region", () => {
  const withoutRegion = { instanceId: args.instanceId, password: args.password };
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
    ["nowhere where all config is empty", withoutRegion, { "tencentcloud:region": "" }, undefined],
    ["nowhere else", withoutRegion, {}, undefined],
  ])("comes from %s, never from the environment", async (_, given, config, expected) => {
    process.env.TENCENTCLOUD_REGION = "ap-hongkong";
    pulumi.runtime.setAllConfig(config);
    await run({ cache: given });
    expect(registered.cache?.inputs.region).toBe(expected);
  });
});

describe("an unknown key of the namespace tencentcloud-redis in Pulumi config", () => {
  it("is refused by its name, without its value, and nothing is registered", async () => {
    pulumi.runtime.setAllConfig({ "tencentcloud-redis:secretkey": "theS3CRET", "tencentcloud-redis:region": "x" });
    const error = await failureOf(() => new RedisInstancePassword("cache", args));
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect((error as Error).message).toMatch(
      /^Pulumi config tencentcloud-redis:secretkey is unknown: use one of region, /,
    );
    expect((error as Error).message).not.toContain("S3CRET");
    expect(registered).toEqual({});
  });

  it("is none of ours in another namespace", async () => {
    pulumi.runtime.setAllConfig({ "tencentcloud:whatever": "x", "project:endpont": "x" });
    await run({ cache: args });
    expect(registered).toHaveProperty("cache");
  });
});

it("leaves it to the check to tell what is missing where a program gives nothing at all", async () => {
  await run({ cache: undefined, other: undefined });
  expect(registered.cache?.inputs.instanceId).toBeUndefined();
  expect(conflictOf("cache")).toBeUndefined();
});

it.each([
  { import: "ap-guangzhou/crs-5a4py64p" },
  { id: "ap-guangzhou/crs-5a4py64p" },
  { urn: "urn:pulumi:a::b::c::d" },
])("is refused where it is to be read, for that would record the password: %j", async (options) => {
  const error = await failureOf(() => new RedisInstancePassword("cache", args, options));
  expect(error).toBeInstanceOf(pulumi.RunError);
  expect(error).toHaveProperty(
    "message",
    'RedisInstancePassword cannot be imported or looked up: create it, with onCreate: "adopt" to reset nothing',
  );
  expect(registered).toEqual({});
});

it("the options of the program count, too", async () => {
  const cache = new RedisInstancePassword("cache", args, { additionalSecretOutputs: ["requestId"] });
  await new Promise((resolve) => cache.urn.apply(resolve));
  expect(registered.cache?.secretOutputs).toEqual(expect.arrayContaining(["requestId", "passwordFingerprint"]));
});

describe("two resources for one instance", () => {
  it("are both handed over with a sentence that names them", async () => {
    await run({ one: args, two: args });
    const sentence = '"one" and "two" set the password of one instance: keep one of them';
    expect([conflictOf("one"), conflictOf("two")]).toEqual([sentence, sentence]);
  });

  it("are told by their names alone: a password could stand in the place of the id", async () => {
    const swapped = { ...args, instanceId: "misplaced-Passw0rd", password: "crs-5a4py64p" };
    await run({ one: swapped, two: swapped });
    const sentence = '"one" and "two" set the password of one instance: keep one of them';
    expect([conflictOf("one"), conflictOf("two")]).toEqual([sentence, sentence]);
  });

  it("are none where the instance or the region differs", async () => {
    await run({ one: args, two: { ...args, instanceId: "crs-another1" }, three: { ...args, region: "ap-shanghai" } });
    expect(["one", "two", "three"].map(conflictOf)).toEqual([undefined, undefined, undefined]);
  });

  it("are none in two runs", async () => {
    await run({ one: args });
    await begin();
    await run({ two: args });
    expect(conflictOf("two")).toBeUndefined();
  });

  it.each(["instanceId", "region"])("are none where the %s is not given", async (field) => {
    await run({ one: { ...args, [field]: "" }, two: { ...args, [field]: "" } });
    expect([conflictOf("one"), conflictOf("two")]).toEqual([undefined, undefined]);
  });

  it("are told of in the clear, where the instance is a secret", async () => {
    const secret = { ...args, instanceId: pulumi.secret(args.instanceId) };
    await run({ one: secret, two: secret });
    expect(conflictOf("one")).toMatch(/^"one" and "two" set/);
  });
});
