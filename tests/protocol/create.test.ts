import { DynamicProvider } from "./support/dynamicProvider";
import { withLostAnswers } from "./support/lostAnswers";
import { createResource } from "./support/operations";
import { catchProviderError } from "./support/providerError";
import { providerText } from "./support/providerText";
import { TestCloud } from "./support/testCloud";

const region = "ap-guangzhou";
const initial = "Initial-password-1";
const password = "Correct-horse-7";

let cloud: TestCloud;
let provider: DynamicProvider;

beforeAll(async () => {
  cloud = await TestCloud.start({ instances: { "crs-auth": initial, "crs-outputs": initial, "crs-config": initial } });
  provider = await DynamicProvider.start({ environment: cloud.environment });
});
afterAll(() => Promise.all([DynamicProvider.stopAll(), cloud.stop()]));

describe("Creating the resource", () => {
  test("resets the password of the instance: the old one is refused, the new one accepted", async () => {
    expect(await cloud.accepts("crs-auth", initial)).toBe(true);
    await createResource(provider, { instanceId: "crs-auth", password, region });
    expect(await cloud.accepts("crs-auth", initial)).toBe(false);
    expect(await cloud.accepts("crs-auth", password)).toBe(true);
  });

  test("records the task and the fingerprint, and the password nowhere", async () => {
    const before = Date.now();
    const { id, inputs, outputs } = await createResource(provider, { instanceId: "crs-outputs", password, region });
    expect(id).toBe("ap-guangzhou/crs-outputs");
    expect(outputs).toEqual({
      stateVersion: 1,
      taskStartTime: expect.any(String) as string,
      passwordTime: expect.any(String) as string,
      __provider: await providerText(),
      instanceId: "crs-outputs",
      region,
      triggers: {},
      passwordFingerprint: inputs.password,
      taskId: expect.any(Number) as number,
      newestTaskId: outputs.taskId,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      resetAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      status: "done",
    });
    // The service's clock has whole seconds.
    expect(Date.parse(outputs.resetAt as string)).toBeGreaterThan(before - 1000);
    expect(JSON.stringify([inputs, outputs, await provider.takeOutput()])).not.toContain(password);
  });

  test("needs nothing from the environment if the stack's config has the credentials and the endpoint", async () => {
    const configured = await DynamicProvider.start({ config: cloud.config });
    await createResource(configured, { instanceId: "crs-config", password, region });
    expect(await cloud.accepts("crs-config", password)).toBe(true);
  });
});

describe("A failed creation reports its reason in one line without the password", () => {
  const instanceId = "crs-auth";

  const withEnvironment = (change: () => Record<string, string>) => () =>
    DynamicProvider.start({ environment: change() });

  test.each<[string, () => DynamicProvider | Promise<DynamicProvider>, object, RegExp]>([
    [
      "no credentials",
      withEnvironment(() => ({})),
      {},
      /^No Tencent Cloud credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment/,
    ],
    [
      "a wrong secret key",
      withEnvironment(() => ({ ...cloud.environment, TENCENTCLOUD_SECRET_KEY: "wrong" })),
      {},
      /^DescribeTaskList failed: .* \(AuthFailure\.SignatureFailure, request [\da-f-]{36}\); the key is from the environment \(TENCENTCLOUD_SECRET_ID\)\. Check/,
    ],
    [
      "an unknown instance",
      () => provider,
      { instanceId: "crs-none" },
      /^ResetPassword failed: .* \(ResourceNotFound\.InstanceNotExists, request .*\)\. Check instanceId and region/,
    ],
    [
      "an unsupported region",
      () => provider,
      { region: "ap-nowhere" },
      /^ResetPassword failed: .* \(UnsupportedRegion, request .*\)\. Check the region\.$/,
    ],
  ])("create fails with %s, and records nothing", async (_, start, wrong, message) => {
    const failing = await start();
    const error = await catchProviderError(createResource(failing, { instanceId, password, region, ...wrong }));
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string, initFailure: undefined });
    expect(error.message).not.toMatch(/\n/);
    expect(JSON.stringify([error.message, await failing.takeOutput()])).not.toContain(password);
  });

  test("a lost response, after which the reset is recorded as failed", async () => {
    const { message, initFailure } = await withLostAnswers(async (endpoint) => {
      const environment = { ...cloud.environment, TENCENTCLOUD_REDIS_ENDPOINT: endpoint };
      const unlucky = await DynamicProvider.start({ environment });
      return catchProviderError(createResource(unlucky, { instanceId, password, region, timeoutSeconds: 1.5 }));
    });
    expect(message).toMatch(/^ResetPassword got no usable answer: .* \(127\.0\.0\.1:\d+\)\. Run `pulumi up` to send/);
    expect(initFailure).toMatchObject({ id: "ap-guangzhou/" + instanceId, properties: { status: "failed" } });
  });

  test("a run with the fingerprint but without the password sends nothing", async () => {
    const { inputs } = await provider.check({}, { instanceId, password, region });
    const other = await DynamicProvider.start({ environment: cloud.environment });
    const resets = cloud.resets;
    await expect(other.create(inputs)).rejects.toThrow("ResetPassword was not sent: this run has no password");
    expect(cloud.resets).toBe(resets);
  });
});
