import { DynamicProvider } from "./support/dynamicProvider";
import { withLostAnswers } from "./support/lostAnswers";
import { type Recorded, createResource, previewResource, updateResource } from "./support/operations";
import { catchProviderError, catchInitFailure } from "./support/providerError";
import { providerText } from "./support/providerText";
import { TestCloud } from "./support/testCloud";

const region = "ap-guangzhou";
const instanceId = "crs-5a4py64p";
const first = "Correct-horse-7";
const second = "Battery-staple-8";
const args = { instanceId, password: first, region, triggers: { rotation: "1" } };

let cloud: TestCloud;
let earlier: DynamicProvider;
let later: DynamicProvider;
let recorded: Recorded;

beforeAll(async () => {
  cloud = await TestCloud.start({ instances: { [instanceId]: "Initial-password-1" } });
  earlier = await DynamicProvider.start({ environment: cloud.environment });
  later = await DynamicProvider.start({ environment: cloud.environment });
});
// Each test starts from a resource that another operation, in another process, has just created.
beforeEach(async () => {
  recorded = await createResource(earlier, args);
});
afterAll(() => Promise.all([DynamicProvider.stopAll(), cloud.stop()]));

describe("Updating the resource", () => {
  test("to another password: the old one is refused, the new one accepted", async () => {
    expect(await cloud.accepts(instanceId, first)).toBe(true);
    const { inputs, outputs } = await updateResource(later, recorded, { ...args, password: second });
    expect(await cloud.accepts(instanceId, first)).toBe(false);
    expect(await cloud.accepts(instanceId, second)).toBe(true);
    expect(outputs).toEqual({
      ...recorded.outputs,
      passwordFingerprint: inputs.password,
      taskId: (recorded.outputs.taskId as number) + 1,
      newestTaskId: (recorded.outputs.taskId as number) + 1,
      requestId: expect.not.stringContaining(recorded.outputs.requestId as string) as string,
      resetAt: expect.any(String) as string,
      taskStartTime: expect.any(String) as string,
      passwordTime: expect.any(String) as string,
    });
    expect(inputs.password).not.toEqual(recorded.inputs.password);
    expect(JSON.stringify([inputs, outputs, await later.takeOutput()])).not.toContain(second);
  });

  test("for another trigger: the same password is sent again", async () => {
    const resets = cloud.resets;
    const triggers = { rotation: "2" };
    const { outputs } = await updateResource(later, recorded, { ...args, triggers });
    expect(outputs).toMatchObject({ triggers, passwordFingerprint: recorded.outputs.passwordFingerprint });
    expect(cloud.resets).toBe(resets + 1);
    expect(await cloud.accepts(instanceId, first)).toBe(true);
  });

  test("without any difference, as Pulumi does after a failure: nothing is sent, and the outputs stay", async () => {
    const asked = cloud.actions.length;
    expect(await updateResource(later, recorded, args)).toEqual(recorded);
    expect(cloud.actions).toHaveLength(asked);
  });

  test("brings an older text of the provider up to date", async () => {
    const older = { ...recorded, outputs: { ...recorded.outputs, __provider: "an older text" } };
    expect(await updateResource(later, older, args)).toEqual(recorded);
  });

  test("after a task that the service no longer knows: the password is sent again, and a line says so", async () => {
    const resets = cloud.resets;
    await later.takeOutput();
    const lost = { ...recorded, outputs: { ...recorded.outputs, status: "pending", taskId: 1 } };
    const { outputs } = await updateResource(later, lost, args);
    expect(outputs).toMatchObject({ status: "done", taskId: (recorded.outputs.taskId as number) + 1 });
    expect(cloud.resets).toBe(resets + 1);
    expect(await later.takeOutput()).toEqual({
      stdout: [
        expect.stringMatching(/^crs-5a4py64p: task \d+ is unknown to the service; the password is sent again$/),
        expect.stringMatching(/^crs-5a4py64p: the password was reset \(task \d+\)$/),
      ],
      stderr: [],
    });
  });

  test("that the service refuses: the recorded state stays", async () => {
    const environment = { ...cloud.environment, TENCENTCLOUD_SECRET_KEY: "wrong" };
    const refused = await DynamicProvider.start({ environment });
    const { message, initFailure } = await catchProviderError(
      updateResource(refused, recorded, { ...args, password: second }),
    );
    expect(message).toMatch(/^DescribeTaskList failed: .*AuthFailure\.SignatureFailure/);
    expect(initFailure).toBeUndefined();
  });

  test("whose response is lost: recorded as failed, shown in a preview, and sent again by the next up", async () => {
    const news = { ...args, password: second, timeoutSeconds: 1.5 };
    const { inputs } = await later.check(recorded.inputs, news);
    const failure = await withLostAnswers(async (endpoint) => {
      const environment = { ...cloud.environment, TENCENTCLOUD_REDIS_ENDPOINT: endpoint };
      return catchInitFailure(updateResource(await DynamicProvider.start({ environment }), recorded, news));
    });
    expect(failure).toEqual({
      id: recorded.id,
      properties: {
        ...recorded.outputs,
        __provider: await providerText(),
        status: "failed",
        reason: "the last reset may not have been carried out",
      },
      reasons: [
        expect.stringMatching(
          /^ResetPassword got no usable answer: .*\. Run `pulumi up` to send the password again: until then, the old or the new password may be valid\.$/,
        ),
      ],
    });

    // Returning to the first password needs a reset, too: it is unknown which of the two is set.
    const failed = { id: failure.id, inputs, outputs: failure.properties };
    expect(await previewResource(later, failed, args)).toMatchObject({ changes: "some" });
    const { outputs } = await updateResource(later, failed, news);
    expect(outputs).toMatchObject({ status: "done" });
    expect(await cloud.accepts(instanceId, second)).toBe(true);
  });
});
