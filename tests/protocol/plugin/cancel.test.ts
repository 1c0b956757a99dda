import { ResourceProviderService as service } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";

import { within } from "../support/patience";
import { PluginProvider } from "../support/pluginProvider";
import { catchProviderError } from "../support/providerError";
import { TestCloud } from "../support/testCloud";

const one = { instanceId: "crs-one", password: "Correct-horse-7", region: "ap-guangzhou" };

let cloud: TestCloud;
let plugin: PluginProvider;
beforeEach(async () => {
  cloud = await TestCloud.start({ instances: { "crs-one": "Initial-password-1" } });
  plugin = await PluginProvider.start({ environment: cloud.environment });
});
afterEach(async () => {
  cloud.releaseTasks();
  await PluginProvider.stopAll();
  await cloud.stop();
});

test("a canceled reset is recorded as pending, and a later run completes it", async () => {
  cloud.holdTasks();
  const { inputs } = await plugin.check({}, one);
  const asked = cloud.requested(1, "DescribeTaskInfo");
  const failed = catchProviderError(plugin.create(inputs));
  await within(asked, "a question for the task");
  await plugin.cancel();
  const { message, initFailure } = await within(failed, "the end of the creation");
  expect(message).toMatch(
    /^ResetPassword was interrupted: task \d+ of crs-one had not ended \(request [\da-f-]+\)\. Run `pulumi up` to resume waiting: until then, the old or the new password may be valid\.$/,
  );
  expect(initFailure).toMatchObject({ properties: { status: "pending" } });
  cloud.releaseTasks();
  const later = await PluginProvider.start({ environment: cloud.environment });
  const { id = "", properties = {} } = initFailure ?? {};
  expect(await later.update(id, properties, inputs)).toMatchObject({ outputs: { status: "done" } });
  expect(cloud.resets).toBe(1);
});

test("a reset whose response does not arrive is in doubt", async () => {
  cloud.addFault("ResetPassword=delay:600*1");
  const { inputs } = await plugin.check({}, one);
  const asked = cloud.requested(1, "ResetPassword");
  const failed = catchProviderError(plugin.create(inputs));
  await within(asked, "the reset");
  await plugin.cancel();
  const { message, initFailure } = await within(failed, "the end of the creation");
  expect(message).toMatch(
    /^ResetPassword got no usable answer: the run was canceled \(127\.0\.0\.1:\d+\)\. Run `pulumi up` to send the password again: until then, the old or the new password may be valid\.$/,
  );
  expect(initFailure).toMatchObject({ properties: { status: "failed" } });
});

test("after a cancellation nothing is sent", async () => {
  const { inputs } = await plugin.check({}, one);
  await plugin.cancel();
  await expect(plugin.create(inputs)).rejects.toThrow("ResetPassword was not sent: the run was canceled");
  await expect(plugin.read("ap-guangzhou/crs-one", {})).rejects.toThrow("DescribeInstances was not sent");
  expect(cloud.actions).toEqual([]);
});

test("an engine that attaches after a cancellation starts a new run, and one that attaches again does not", async () => {
  const attach = () => plugin.call(service.attach, new PluginAttach().setAddress(plugin.engine.address));
  const { inputs } = await plugin.check({}, one);
  await plugin.cancel();
  await attach();
  await plugin.configure({});
  await expect(plugin.create(inputs)).rejects.toThrow("this run has no password");
  const { inputs: checked } = await plugin.check({}, one);
  await attach();
  expect(await plugin.create(checked)).toMatchObject({ outputs: { status: "done" } });
  expect(cloud.resets).toBe(1);
});
