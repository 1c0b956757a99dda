import { Fixture, shown } from "../support/fixture";
import { step } from "../../support/step";

/** The inputs of each resource are those of its program, and the region if it comes from the config. */
const source = `
  const pulumi = require("@pulumi/pulumi");
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  class Made extends pulumi.dynamic.Resource {
    constructor(name, props) {
      super({ async create(inputs) { return { id: props.id, outs: inputs }; } }, name, props);
    }
  }
  const password = process.env.REDIS_PASSWORD;
  const made = new Made("made", { id: "crs-other" });
  const nothing = pulumi.output(undefined);
  new RedisInstancePassword("least", { instanceId: "crs-5a4py64p", password });
  new RedisInstancePassword("unset", {
    instanceId: "crs-unset",
    password,
    region: pulumi.output(new pulumi.Config().get("region")),
    triggers: { month: null, day: nothing, year: "2026" },
    onCreate: pulumi.secret(undefined),
    verify: Promise.resolve(null),
    timeoutSeconds: nothing,
    profile: null,
  });
  new RedisInstancePassword("unknown", { instanceId: made.id, password, region: made.id.apply(() => "ap-guangzhou") });
  new RedisInstancePassword("keeping", { instanceId: "crs-keeping", password }, { ignoreChanges: ["instanceId"] });
`;

interface Step {
  readonly urn: string;
  readonly newState: { readonly inputs?: Record<string, unknown> };
}

const region = "ap-guangzhou";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Returns our resources' inputs by resource name, with every secret replaced. */
function inputsIn(steps: readonly { readonly urn: string; readonly inputs?: Record<string, unknown> }[]) {
  const ours = steps.filter(({ urn }) => urn.includes(":RedisInstancePassword::"));
  const findShown = (inputs: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries({ ...inputs, password: "secret" }).filter(([name]) => !name.startsWith("__pro")));
  return Object.fromEntries(ours.map(({ urn, inputs }) => [urn.split("::").at(-1) ?? "", findShown(inputs)]));
}

/** The program's inputs. */
const known = {
  least: { instanceId: "crs-5a4py64p", region, password: "secret" },
  unset: { instanceId: "crs-unset", region, password: "secret", triggers: { year: "2026" } },
  keeping: { instanceId: "crs-keeping", region, password: "secret" },
};

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("the inputs that Pulumi shows are those that the program writes", async () => {
  const instances = ["crs-5a4py64p", "crs-unset", "crs-other", "crs-keeping"].map((id) => [id, undefined]);
  fixture = await Fixture.create(source, { instances: Object.fromEntries(instances) as Record<string, undefined> });
  await fixture.pulumi(["config", "set", "tencentcloud-redis:region", "ap-guangzhou"]);

  await step("before a creation are those that the program writes", async () => {
    const { stdout } = await fixture.preview("first-Passw0rd", {}, ["--json"]);
    const { steps } = JSON.parse(stdout) as { steps: Step[] };
    expect(inputsIn(steps.map(({ urn, newState }) => ({ urn, ...newState })))).toEqual({
      ...known,
      unknown: { instanceId: unknown, region: unknown, password: "secret" },
    });
    expect(shown(await fixture.preview("first-Passw0rd", {}, ["--diff"]))).not.toMatch(/claim|conflict/);
  });

  await step("after it are the same, and so they are recorded", async () => {
    expect(await fixture.up("first-Passw0rd")).toMatchObject({ code: 0 });
    expect(inputsIn(await fixture.resources())).toEqual({
      ...known,
      unknown: { instanceId: "crs-other", region, password: "secret" },
    });
    expect(shown(await fixture.preview("first-Passw0rd", {}, ["--diff"]))).toMatch(/6 unchanged/);
  });
});
