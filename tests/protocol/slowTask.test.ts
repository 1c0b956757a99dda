import { DynamicProvider } from "./support/dynamicProvider";
import { createResource, updateResource } from "./support/operations";
import { within } from "./support/patience";
import { catchInitFailure } from "./support/providerError";
import { providerText } from "./support/providerText";
import { TestCloud } from "./support/testCloud";

const region = "ap-guangzhou";
const initial = "Initial-password-1";
const first = "Correct-horse-7";
const second = "Battery-staple-8";
/** A quarter of it is for reading other tasks, which must be enough on a busy machine. */
const outOfTime = { timeoutSeconds: 3 };
const timesOfTheTask = { taskStartTime: expect.any(String) as string, passwordTime: expect.any(String) as string };

let cloud: TestCloud;
let provider: DynamicProvider;

// A reset also finds tasks of other tests in the list, so each test has its own cloud.
beforeEach(async () => {
  const instances = ["crs-create", "crs-update", "crs-again", "crs-one", "crs-other"];
  cloud = await TestCloud.start({ instances: Object.fromEntries(instances.map((id) => [id, initial])) });
  provider = await DynamicProvider.start({ environment: cloud.environment });
});
afterEach(async () => {
  cloud.releaseTasks();
  await provider.stop();
  await cloud.stop();
});
afterAll(() => DynamicProvider.stopAll());

/** Runs an operation that waits for a held task, which ends only after it has been asked for more than once. */
async function whileTaskEnds<T>(operation: () => Promise<T>): Promise<T> {
  const { resets } = cloud;
  const waiting = cloud.requested(2);
  const result = operation();
  await within(Promise.race([waiting, result]), "a second question for the task");
  expect(cloud.resets).toBe(resets);
  cloud.releaseTasks();
  return result;
}

describe("If a reset is not carried out in time", () => {
  test("a creation is recorded as pending, and the next up waits for its task without another reset", async () => {
    const args = { instanceId: "crs-create", password: first, region };
    cloud.holdTasks();
    const { inputs } = await provider.check({}, { ...args, ...outOfTime });
    const failure = await catchInitFailure(provider.create(inputs));
    expect(failure).toEqual({
      id: "ap-guangzhou/crs-create",
      properties: {
        stateVersion: 1,
        __provider: await providerText(),
        instanceId: "crs-create",
        region,
        triggers: {},
        passwordFingerprint: inputs.password,
        taskId: expect.any(Number) as number,
        newestTaskId: 0,
        requestId: expect.any(String) as string,
        resetAt: expect.any(String) as string,
        status: "pending",
      },
      reasons: [
        expect.stringMatching(
          /^ResetPassword timed out: task \d+ of \S+ was still running after 3 s \(request [\da-f-]+\)\. Run `pulumi up` to resume waiting: until then, the old or the new password may be valid\.$/,
        ),
      ],
    });

    const resets = cloud.resets;
    const later = await DynamicProvider.start({ environment: cloud.environment });
    const pending = { id: failure.id, inputs, outputs: failure.properties };
    const { outputs } = await whileTaskEnds(() => updateResource(later, pending, args));
    const newestTaskId = failure.properties.taskId;
    expect(outputs).toEqual({ ...failure.properties, ...timesOfTheTask, newestTaskId, status: "done" });
    expect(cloud.resets).toBe(resets);
    expect(await cloud.accepts("crs-create", first)).toBe(true);
  });

  test("an update is recorded as pending, however often it is run, until its task has ended", async () => {
    const args = { instanceId: "crs-update", password: second, region };
    const recorded = await createResource(provider, { ...args, password: first });
    cloud.holdTasks();
    const { inputs } = await provider.check(recorded.inputs, { ...args, ...outOfTime });
    const failure = await catchInitFailure(provider.update(recorded.id, recorded.outputs, inputs));
    expect(failure.properties).toMatchObject({ __provider: await providerText(), status: "pending" });
    expect(failure.properties.taskId).toBeGreaterThan(recorded.outputs.taskId as number);

    const resets = cloud.resets;
    const pending = { id: failure.id, inputs, outputs: failure.properties };
    expect(await catchInitFailure(updateResource(provider, pending, { ...args, ...outOfTime }))).toEqual(failure);
    const { outputs } = await whileTaskEnds(() => updateResource(provider, pending, args));
    const newestTaskId = failure.properties.taskId;
    expect(outputs).toEqual({ ...failure.properties, ...timesOfTheTask, newestTaskId, status: "done" });
    expect(cloud.resets).toBe(resets);
    expect(await cloud.accepts("crs-update", first)).toBe(false);
    expect(await cloud.accepts("crs-update", second)).toBe(true);
  });

  test("another password waits for the earlier task to end before it is sent", async () => {
    const args = { instanceId: "crs-again", password: first, region };
    cloud.holdTasks();
    const { inputs } = await provider.check({}, { ...args, ...outOfTime });
    const { id, properties } = await catchInitFailure(provider.create(inputs));

    const asked = cloud.actions.length;
    const pending = { id, inputs, outputs: properties };
    const { outputs } = await whileTaskEnds(() => updateResource(provider, pending, { ...args, password: second }));
    expect(outputs).toMatchObject({ status: "done" });
    const actions = cloud.actions.slice(asked);
    expect(actions[0]).toBe("DescribeTaskInfo");
    expect(actions.filter((action) => action === "ResetPassword")).toHaveLength(1);
    expect(await cloud.accepts("crs-again", second)).toBe(true);
  });
});

test("Two resources in one process are created at the same time, not one after the other", async () => {
  cloud.holdTasks();
  // One after the other, the second reset would be sent only when the task of the first has ended.
  const bothSent = cloud.requested(2, "ResetPassword");
  const created = Promise.all(
    ["crs-one", "crs-other"].map((instanceId) => createResource(provider, { instanceId, password: first, region })),
  );
  await within(Promise.race([bothSent, created]), "the second reset");
  cloud.releaseTasks();
  await created;
  expect(await cloud.accepts("crs-one", first)).toBe(true);
  expect(await cloud.accepts("crs-other", first)).toBe(true);
});
