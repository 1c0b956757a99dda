import { standIn } from "../support/frontEnds";
import { PluginProvider, urnOf } from "../support/pluginProvider";
import { catchProviderError } from "../support/providerError";
import { type Properties, secret } from "../support/struct";
import { TestCloud } from "../support/testCloud";

const region = "ap-guangzhou";
const password = "Correct-horse-7";
const other = "Battery-staple-8";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const isPreview = true;

let cloud: TestCloud;
let plugin: PluginProvider;
beforeEach(async () => {
  cloud = await TestCloud.start({ instances: { "crs-one": "Initial-password-1", "crs-two": "Initial-password-2" } });
  plugin = await PluginProvider.start({ environment: cloud.environment });
});
afterEach(async () => {
  cloud.releaseTasks();
  await PluginProvider.stopAll();
  await cloud.stop();
});

const one = { instanceId: "crs-one", password, region };

async function create(args: Properties = one) {
  const { inputs } = await plugin.check({}, args);
  return { inputs, ...(await plugin.create(inputs)) };
}

describe("a preview", () => {
  const others = { ...standIn, taskId: unknown, requestId: unknown, resetAt: unknown };

  test("of a creation returns the inputs, and sends nothing", async () => {
    const { inputs } = await plugin.check({}, { ...one, account: "app", triggers: { month: "1" } });
    const { instanceId } = one;
    const outputs = { instanceId, region, account: "app", triggers: { month: "1" }, ...others };
    expect(await plugin.create(inputs, { isPreview })).toEqual({ id: "", outputs });
    expect(cloud.actions).toEqual([]);
  });

  test("of an update does the same", async () => {
    const { id, inputs, outputs } = await create();
    const sent = cloud.actions.length;
    const { inputs: news } = await plugin.check(inputs, { ...one, password: other });
    const previewed = { outputs: { instanceId: "crs-one", region, triggers: {}, ...others } };
    expect(await plugin.update(id, outputs, news, { isPreview })).toEqual(previewed);
    expect(cloud.actions).toHaveLength(sent);
  });

  test("of an update that changes nothing returns all outputs", async () => {
    const { id, inputs, outputs } = await create();
    expect(await plugin.update(id, outputs, inputs, { isPreview })).toEqual({ outputs });
  });

  test("accepts inputs that are not known yet", async () => {
    const { inputs, failures } = await plugin.check({}, { instanceId: unknown, password: unknown, region });
    expect(failures).toEqual([]);
    expect(await plugin.create(inputs, { isPreview })).toMatchObject({ outputs: { instanceId: unknown } });
  });
});

test("lines are shown under the resource that they are about", async () => {
  const urn = urnOf("another");
  await plugin.check({}, { ...one, password: "Correct@horse-7" }, urn);
  expect(plugin.takeLines()).toEqual([
    { severity: "info", urn, message: "crs-one: the password will be set" },
    { severity: "warning", urn, message: expect.stringContaining("crs-one: the password has an @") as string },
  ]);
});

describe("two resources of a program for one account", () => {
  test("are rejected, whatever happens in between", async () => {
    await create();
    const { inputs, failures } = await plugin.check({}, one, urnOf("another"));
    expect(inputs).toEqual({});
    expect(failures).toEqual([
      {
        property: "",
        reason:
          "instanceId: another resource of this program has the instance crs-one: keep one of them; the reset of the " +
          "other one was sent",
      },
    ]);
  });

  test("count as one if a replacement is checked again", async () => {
    const { inputs } = await create();
    expect(await plugin.check(inputs, one)).toMatchObject({ failures: [] });
    expect(await plugin.check({}, one)).toMatchObject({ failures: [] });
  });
});

describe("the timeout from the engine", () => {
  test("overrides that of the inputs, and is not recorded", async () => {
    cloud.holdTasks();
    const { inputs } = await plugin.check({}, { ...one, timeoutSeconds: 600 });
    const { message, initFailure } = await catchProviderError(plugin.create(inputs, { timeoutSeconds: 3 }));
    expect(message).toContain("was still running after 3 s");
    const { id = "", properties = {} } = initFailure ?? {};
    const again = await catchProviderError(plugin.update(id, properties, inputs, { timeoutSeconds: 3 }));
    expect(again.message).toContain("was still running after 3 s");
    cloud.releaseTasks();
    const completed = await plugin.update(id, properties, inputs, { timeoutSeconds: 1e9 });
    expect(completed.outputs).toMatchObject({ status: "done" });
    expect(completed.outputs).not.toHaveProperty("timeoutSeconds");
  });

  test.each([true, false])(
    "is refused if it is negative, and nothing is sent (in a preview: %s)",
    async (isPreview) => {
      const { inputs } = await plugin.check({}, one);
      const created = plugin.create(inputs, { isPreview, timeoutSeconds: -5 });
      await expect(created).rejects.toThrow("customTimeouts: must not be negative");
      expect(cloud.actions).toEqual([]);
    },
  );
});

test("a partial failure records a secret fingerprint, and reports the same in one line", async () => {
  cloud.holdTasks();
  const { inputs } = await plugin.check({}, one);
  const { message, initFailure } = await catchProviderError(plugin.create(inputs, { timeoutSeconds: 3 }));
  const { password: fingerprint } = inputs;
  expect(fingerprint).toEqual(secret(expect.stringMatching(/^fingerprint v1 /)));
  expect(initFailure).toMatchObject({ id: "ap-guangzhou/crs-one", reasons: [message] });
  expect(initFailure?.properties).toMatchObject({
    status: "pending",
    passwordFingerprint: fingerprint,
    ...standIn,
  });
  expect(message).not.toContain("\n");
});
