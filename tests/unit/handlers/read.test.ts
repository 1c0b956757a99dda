import { read } from "../../../provider/handlers";
import { loseAnswer } from "../support/httpServer";
import { id, state } from "../support/resource";
import { describeInstance, instances, refuse, useScriptedApi } from "../support/scriptedApi";

const api = useScriptedApi();

it("an instance that is there stays recorded as it is", async () => {
  api.expect(describeInstance(instances("crs-5a4py64p")));
  const recorded = state();
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
});

it.each([
  ["in no list", instances()],
  ["not the one in the list", instances("crs-another1")],
  ["not found", refuse("ResourceNotFound.InstanceNotExists", "No such instance.")],
])("an instance that is gone is forgotten: %s", async (_, respond) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).resolves.toStrictEqual({ id: "" });
});

it.each([
  ["the service refuses to tell", refuse("AuthFailure.SecretIdNotFound", "No."), "ApiError"],
  ["no answer comes", loseAnswer, "TransportError"],
])("an instance is not forgotten when %s", async (_, respond, name) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).rejects.toMatchObject({ name });
});
