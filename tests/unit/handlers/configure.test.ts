import { read } from "../../../provider/handlers";
import { configureWith } from "../support/configureWith";
import { id, state } from "../support/resource";
import { describeInstance, instances, useScriptedApi } from "../support/scriptedApi";

const api = useScriptedApi();

it("the stack's config is what the handlers go by", async () => {
  configureWith({ "tencentcloud:secretId": "AKIDofTheStack" });
  await expect(read(id, state())).rejects.toThrow(
    "Pulumi config: tencentcloud:secretId is set, tencentcloud:secretKey is not",
  );
});

it("without any, the environment is", async () => {
  configureWith({});
  api.expect(describeInstance(instances("crs-5a4py64p")));
  await expect(read(id, state())).resolves.toHaveProperty("id", id);
});
