import { findProblems } from "../../../../../provider/resource/contract/inputs";
import { validInputs } from "../../../support/validInputs";

describe("inputs that contain the password are rejected", () => {
  it.each<[string, object]>([
    ["profile", { profile: `of-${validInputs.password}` }],
    ["verify.host", { verify: { ...validInputs.verify, host: validInputs.password } }],
    ["triggers.month", { triggers: { month: validInputs.password } }],
    ["triggers.month", { triggers: { month: `of ${validInputs.password}` } }],
    ["triggers", { triggers: { [validInputs.password]: "2026-01" } }],
    ["triggers.secret", { triggers: { secret: Buffer.from(validInputs.password).toString("base64") } }],
    ["triggers.secret", { triggers: { secret: Buffer.from(`x${validInputs.password}`).toString("hex") } }],
    [
      "triggers.url",
      { password: "zy456987/&", triggers: { url: `redis://:${encodeURIComponent("zy456987/&")}@host` } },
    ],
    ["triggers.two lines", { triggers: { "two \n lines": validInputs.password } }],
    ["timeoutSeconds", { timeoutSeconds: 12345.678, password: "12345.678" }],
    ["account", { account: `of-${validInputs.password}` }],
    ["account", { account: Buffer.from(validInputs.password).toString("hex") }],
    ["account", { account: Buffer.from(validInputs.password).toString("base64url") }],
    ["account", { account: encodeURIComponent("zy456987/&"), password: "zy456987/&" }],
    ["instanceId", { password: validInputs.instanceId }],
    ["instanceId", { instanceId: `crs-${Buffer.from(validInputs.password).toString("hex")}` }],
    ["region", { region: `ap-${Buffer.from(validInputs.password).toString("hex")}` }],
    ["region", { region: "correct-horse-battery", password: "correct-horse-battery" }],
  ])("the password in another field, which would be recorded: %s", (field, inputs) => {
    expect(findProblems({ ...validInputs, ...inputs })).toEqual([
      `${field}: must not contain the password, since this input is recorded in plain text`,
    ]);
  });

  it("not if it is too short for a password, which is the only problem", () => {
    const inputs = { ...validInputs, instanceId: "crs-1", password: "crs-1", triggers: { id: "crs-1" } };
    expect(findProblems(inputs)).toEqual(["password: must have at least 8 characters"]);
  });

  it("the password in an unknown input, whose name is shown once", () => {
    expect(
      findProblems({ ...validInputs, later: { deep: [`of ${validInputs.password}`] }, other: validInputs.password }),
    ).toEqual(["later: is not an input of RedisInstancePassword", "other: is not an input of RedisInstancePassword"]);
  });

  it("a name that contains the password, which is not shown", () => {
    expect(findProblems({ ...validInputs, [`x${validInputs.password}`]: 1 })).toEqual([
      "x[secret]: is not an input of RedisInstancePassword",
    ]);
  });
});

describe("no problem quotes a value, which could be a misplaced password", () => {
  const secret = "/Sécret 987654321";
  it.each<[string, object]>([
    ["instanceId", { instanceId: secret }],
    ["password", { password: secret }],
    ["region", { region: secret }],
    ["triggers", { triggers: secret }],
    ["a trigger", { triggers: { month: [secret] } }],
    ["onCreate", { onCreate: secret }],
    ["verify", { verify: secret }],
    ["a part of verify", { verify: { host: secret, port: secret, tls: secret, ca: secret, servername: secret } }],
    ["timeoutSeconds as a string", { timeoutSeconds: secret }],
    ["timeoutSeconds as a number", { timeoutSeconds: -987654321 }],
    ["an unknown input", { other: secret }],
  ])("a problem with %s does not quote its value", (_, changes) => {
    const problems = findProblems({ ...validInputs, ...changes });
    expect(problems).not.toEqual([]);
    expect(problems.join()).not.toMatch(/cret|987654321/);
  });
});
