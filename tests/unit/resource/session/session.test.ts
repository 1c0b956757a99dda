import { check, forget, read } from "../../support/handlers";
import { configureWith } from "../../support/configureWith";
import { captureOutput } from "../../support/output";
import { id, program, state } from "../../support/resource";
import { describeInstance, instances, useScriptedApi } from "../../support/scriptedApi";

const api = useScriptedApi();
const output = captureOutput();

it("the handlers use the stack's config", async () => {
  configureWith({ "tencentcloud:secretId": "AKIDofTheStack" });
  await expect(read(id, state())).rejects.toThrow(
    "Config: tencentcloud:secretId is set, tencentcloud:secretKey is not",
  );
});

it("without config, the handlers use the environment", async () => {
  configureWith({});
  api.expect(describeInstance(instances("crs-5a4py64p")));
  // A reset in doubt needs no further reads.
  await expect(read(id, state({ status: "failed" }))).resolves.toHaveProperty("id", id);
});

describe("this package's settings in the namespace of the tencentcloud provider", () => {
  const endpointError = "Config tencentcloud:endpoint is not supported: rename it to tencentcloud-redis:endpoint";
  const stsEndpointError =
    "Config tencentcloud:stsEndpoint is not supported: rename it to tencentcloud-redis:stsEndpoint";

  afterEach(() => configureWith({}));

  it.each<[string, Record<string, string>, string[]]>([
    ["endpoint", { "tencentcloud:endpoint": "http://127.0.0.1:1" }, [endpointError]],
    ["stsEndpoint", { "tencentcloud:stsEndpoint": "http://127.0.0.1:1" }, [stsEndpointError]],
    ["both", { "tencentcloud:endpoint": "x", "tencentcloud:stsEndpoint": "x" }, [endpointError, stsEndpointError]],
    ["both, but empty", { "tencentcloud:endpoint": "", "tencentcloud:stsEndpoint": "" }, []],
  ])("are rejected by a check, and thus by a preview, unless they are empty: %s", (_, config, reasons) => {
    configureWith(config);
    expect((check({}, program()).failures ?? []).map(({ reason }) => reason)).toEqual(reasons);
  });

  it("are rejected by a refresh before anything is sent", async () => {
    configureWith({ "tencentcloud:endpoint": "http://127.0.0.1:1" });
    await expect(read(id, state())).rejects.toThrow(endpointError);
  });

  it("do not prevent deleting a resource, which sends nothing", () => {
    configureWith({ "tencentcloud:endpoint": "http://127.0.0.1:1" });
    forget(id, state());
    expect(output()).toEqual(["crs-5a4py64p: deleting the resource does not change the instance or its password"]);
  });
});
