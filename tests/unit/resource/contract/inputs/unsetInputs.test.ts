import { check } from "../../../support/handlers";
import { program, without } from "../../../support/resource";

const verify = { host: "10.0.0.1", port: 6379 };
const optional = ["triggers", "onCreate", "verify", "timeoutSeconds", "profile"] as const;

/** The inputs that the class adds. */
const hidden = { __claim: 1, __conflict: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };

describe("null means not set", () => {
  const least = without(without(program(), "triggers"), "timeoutSeconds");

  it.each(optional)("as the input %s", (field) => {
    expect(check({}, { ...least, [field]: null })).toStrictEqual(check({}, least));
  });

  it.each([
    ["a part of verify", { verify: { ...verify, tls: null } }, { verify }],
    ["a trigger", { triggers: { month: "1", day: null } }, { triggers: { month: "1" } }],
    ["every trigger", { triggers: { month: null } }, { triggers: {} }],
  ])("as %s", (_, given, meant) => {
    expect(check({}, program(given))).toStrictEqual(check({}, program(meant)));
  });

  it.each(["instanceId", "region", "password"])("as the input %s, which is required", (field) => {
    const { failures } = check({}, program({ [field]: null }));
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(`^${field}: must be given`) as string }]);
  });

  it("as a part of verify, which is required", () => {
    const { failures } = check({}, program({ verify: { ...verify, host: null } }));
    expect(failures).toEqual([{ property: "", reason: "verify.host: must be given, as a host name or an address" }]);
  });
});

it("the class's own inputs are neither recorded nor shown, even if a preview does not know them yet", () => {
  expect(check({}, program(hidden))).toStrictEqual(check({}, program()));
});
