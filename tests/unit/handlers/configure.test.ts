import { configure, read } from "../../../provider/handlers";
import { id, state } from "../support/resource";
import { describeInstance, instances, useScriptedApi } from "../support/scriptedApi";

const api = useScriptedApi();

/** Pulumi hands over the whole config of the stack; a name with a colon is taken as it is. */
const configured = (values: Record<string, string>) =>
  configure({ config: { get: (name: string) => values[name] } } as Parameters<typeof configure>[0]);

it("the stack's config is what the handlers go by", async () => {
  configured({ "tencentcloud:secretId": "AKIDofTheStack" });
  await expect(read(id, state())).rejects.toThrow(
    "Pulumi config: tencentcloud:secretId is set, tencentcloud:secretKey is not",
  );
});

it("without any, the environment is", async () => {
  configured({});
  api.expect(describeInstance(instances("crs-5a4py64p")));
  await expect(read(id, state())).resolves.toHaveProperty("id", id);
});
