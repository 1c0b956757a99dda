import { DynamicProvider } from "./support/dynamicProvider";
import { secret } from "./support/struct";
import { unknownValue } from "./support/unknownValue";

const password = "Correct-horse-7";
const args = { instanceId: "crs-5a4py64p", password, region: "ap-guangzhou" };

let provider: DynamicProvider;

// Neither an endpoint nor credentials: a preview needs nothing.
beforeAll(async () => (provider = await DynamicProvider.start()));
afterAll(() => DynamicProvider.stopAll());

describe("Pulumi records the response of check as inputs", () => {
  test("a fingerprint, marked as a secret, replaces the password, and all other inputs stay as in the program", async () => {
    const triggers = { rotation: "2026-01" };
    const { inputs, failures } = await provider.check({}, { ...args, triggers, timeoutSeconds: 60 });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      __provider: expect.stringContaining("pulumi-tencentcloud-redis/handlers") as string,
      instanceId: "crs-5a4py64p",
      password: secret(expect.stringMatching(/^fingerprint v1 [\w-]{43}$/)),
      region: "ap-guangzhou",
      triggers,
      timeoutSeconds: 60,
    });
  });

  test("the password is neither in the reply nor in what the process prints", async () => {
    const reply = await provider.check({}, args);
    expect(JSON.stringify([reply, await provider.takeOutput()])).not.toContain(password);
  });

  test("a second check, without recorded inputs, returns the same, as a replacement needs", async () => {
    const first = await provider.check({}, args);
    expect(await provider.check({}, args)).toEqual(first);
  });

  test("another process returns the same, as an up after its preview needs", async () => {
    const other = await DynamicProvider.start();
    expect(await other.check({}, args)).toEqual(await provider.check({}, args));
  });

  test("one password has different fingerprints for two instances", async () => {
    const one = await provider.check({}, args);
    const other = await provider.check({}, { ...args, instanceId: "crs-0000other" });
    expect(one.inputs.password).not.toEqual(other.inputs.password);
  });

  test("with ignoreChanges on the password, the recorded fingerprint passes through", async () => {
    const { inputs: olds } = await provider.check({}, args);
    const { inputs, failures } = await provider.check(olds, { ...args, password: olds.password });
    expect(failures).toEqual([]);
    expect(inputs).toEqual(olds);
  });
});

describe("A preview with a value that is not known yet has no failures and records no password", () => {
  test.each(["password", "instanceId", "region"])("a preview continues if %s is not known yet", async (name) => {
    const { inputs, failures } = await provider.check({}, { ...args, [name]: unknownValue });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ [name]: unknownValue, password: unknownValue });
  });

  test.each<[string, object]>([
    ["the map of triggers", { triggers: unknownValue }],
    ["one trigger", { triggers: { rotation: unknownValue } }],
    ["timeoutSeconds", { timeoutSeconds: unknownValue }],
  ])("a preview still records the fingerprint if %s is not known yet", async (_, unknown) => {
    const { inputs, failures } = await provider.check({}, { ...args, ...unknown });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ ...unknown, password: secret(expect.stringMatching(/^fingerprint /)) });
  });
});

describe("Problems are reported without the password, and without a property, whose value Pulumi would print", () => {
  test.each<[string, object, string | RegExp]>([
    ["no instance", { instanceId: "" }, /^instanceId: must be the id of an instance/],
    ["no region", { region: "" }, /^region: must be a region such as ap-guangzhou$/],
    ["a password that is too short", { password: "Sesam-1" }, "password: must have at least 8 characters"],
    ["a password with only one kind of character", { password: "opensesame" }, /^password: must mix at least two of /],
    ["a password with a line break", { password: `${password}\n` }, /^password: must hold printable ASCII only/],
    ["a password that starts with /", { password: `/${password}` }, "password: must not start with /"],
    ["the password as the instance id", { instanceId: password }, /^instanceId: must be the id of an instance/],
    ["a trigger that is not a string", { triggers: { rotation: 1 } }, "triggers.rotation: must be a string"],
    ["a timeout of 0", { timeoutSeconds: 0 }, /^timeoutSeconds: must be a number of seconds above 0/],
    ["a misspelled input", { trigger: "2026" }, "trigger: is not an input of RedisInstancePassword"],
  ])("check has a failure for %s", async (_, wrong, reason) => {
    const given = { ...args, ...wrong };
    const reply = await provider.check({}, given);
    expect(reply.failures).toEqual([{ property: "", reason: expect.stringMatching(reason) as string }]);
    expect(JSON.stringify([reply, await provider.takeOutput()])).not.toContain(given.password.trim());
  });

  test("check reports all problems in one run", async () => {
    const { failures } = await provider.check({}, { password: "short" });
    expect(failures.map(({ reason }) => reason.split(":")[0])).toEqual(
      expect.arrayContaining(["instanceId", "password", "region"]),
    );
  });

  test("check rejects a fingerprint other than the recorded one, which would become the password itself", async () => {
    const { inputs } = await provider.check({}, args);
    const { failures } = await provider.check({}, { ...args, password: inputs.password });
    expect(failures).toEqual([{ property: "", reason: "password: is a fingerprint from a state, not a password" }]);
  });

  test("check rejects a state from a newer version of the package", async () => {
    const { failures } = await provider.check({ ...args, password: "fingerprint v99 abc" }, args);
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("install the newer one") as string }]);
  });
});
