import { read } from "../../../provider/handlers";
import { skipWaiting } from "../support/clock";
import { type Respond, loseAnswer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { id, state } from "../support/resource";
import { describeInstance, instances, refuse, useScriptedApi } from "../support/scriptedApi";

const api = useScriptedApi();
const output = captureOutput();

skipWaiting();

it("an instance that is there stays recorded as it is", async () => {
  api.expect(describeInstance(instances("crs-5a4py64p")));
  const recorded = state();
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
});

it("the credentials are those of the profile that is recorded", async () => {
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_ID");
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_KEY");
  process.env.TENCENTCLOUD_SHARED_CREDENTIALS_DIR = "/nonexistent";
  await expect(read(id, state({ profile: "production" }))).rejects.toThrow(
    "Profile production: /nonexistent/production.credential does not exist",
  );
});

it.each([
  ["in no list", instances()],
  ["not the one in the list", instances("crs-another1")],
  ["not found", refuse("ResourceNotFound.InstanceNotExists", "No such instance.")],
])("an instance that is gone is forgotten: %s", async (_, respond) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).resolves.toStrictEqual({ id: "" });
});

it.each<[string, Respond, string]>([
  ["the service refuses to tell", refuse("AuthFailure.SecretIdNotFound", "No."), "ApiError"],
  ["the service's answer is none", (response) => response.end("<html></html>"), "TransportError"],
])("an instance is not forgotten when %s", async (_, respond, name) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).rejects.toMatchObject({ name });
});

it("an instance is not forgotten when no answer comes, however often it is asked for", async () => {
  api.expect({ ...describeInstance(loseAnswer), anyTimes: true });
  await expect(read(id, state())).rejects.toMatchObject({ name: "TransportError" });
});

it("an answer that is lost is asked for again, which is said once", async () => {
  api.expect(describeInstance(loseAnswer), describeInstance(loseAnswer), describeInstance(instances("crs-5a4py64p")));
  await expect(read(id, state())).resolves.toHaveProperty("id", id);
  expect(output()).toEqual([
    expect.stringMatching(/^crs-5a4py64p: trying again, DescribeInstances got no usable answer: other side closed \(/),
  ]);
});
