import { handlersOn } from "../../support/fakeService";
import { rootCertificates } from "node:tls";

import * as fingerprints from "../../../../provider/resource/contract/fingerprint";
import { diff } from "../../support/handlers";
import { captureOutput } from "../../support/output";
import { type State, checked, id, newPassword, state, unknown, without } from "../../support/resource";

const output = captureOutput();

const overTls = { host: "10.0.0.1", port: 6379, tls: true };
const nothing = { changes: false };
const change = { changes: true };
const willBeReset = (reasons: string) => [`crs-5a4py64p: the password will be reset (${reasons})`];
const willBeLeft = (reasons: string, target = "another instance") => [
  `crs-5a4py64p: the resource, not the instance, will be replaced, and ${target} gets the password (${reasons})`,
];

describe("a preview announces", () => {
  it.each<[string, Partial<State>, object, object, string[]]>([
    ["no change", {}, {}, nothing, []],
    ["another password", {}, { password: newPassword }, change, willBeReset("password changed")],
    ["a password not known yet", {}, { password: unknown }, change, willBeReset("password not known yet")],
    [
      "an additional trigger",
      {},
      { triggers: { month: "2026-01", day: "1" } },
      change,
      willBeReset("trigger day changed"),
    ],
    ["another trigger", {}, { triggers: { month: "2026-02" } }, change, willBeReset("trigger month changed")],
    ["a removed trigger", {}, { triggers: {} }, change, willBeReset("trigger month changed")],
    // A name may be anything, and this is one line for a terminal.
    [
      "a trigger with a name of two lines",
      {},
      { triggers: { month: "2026-01", "a\n\x1b[31mb\ud800": "1" } },
      change,
      willBeReset("trigger a [31mb changed"),
    ],
    ["no triggers if the state has none", { triggers: undefined }, { triggers: {} }, nothing, []],
    ["triggers not known yet", {}, { triggers: unknown }, change, willBeReset("triggers not known yet")],
    [
      "a trigger not known yet",
      {},
      { triggers: { month: unknown } },
      change,
      willBeReset("trigger month not known yet"),
    ],
    [
      "another password and other triggers",
      {},
      { password: newPassword, triggers: { day: "1" } },
      change,
      willBeReset("password changed, trigger month changed, trigger day changed"),
    ],
    ["another timeout", {}, { timeoutSeconds: 5 }, nothing, []],
    ["another profile", {}, { profile: "production" }, nothing, []],
    ["another version of the package", {}, { __provider: "another text" }, nothing, []],
    [
      "another instance",
      {},
      { instanceId: "crs-another1" },
      { ...change, replaces: ["instanceId"] },
      willBeLeft("instanceId changed"),
    ],
    [
      "another region",
      {},
      { region: "ap-shanghai" },
      { ...change, replaces: ["region"] },
      willBeLeft("region changed", "crs-5a4py64p in ap-shanghai"),
    ],
    [
      "another instance in another region, and another password",
      {},
      { instanceId: "crs-another1", region: "ap-shanghai", password: newPassword },
      { ...change, replaces: ["instanceId", "region"] },
      willBeLeft("instanceId changed, region changed"),
    ],
    [
      "a pending reset",
      { status: "pending" },
      {},
      change,
      ["crs-5a4py64p: the last reset will be completed (task 11111)"],
    ],
    [
      "a pending reset, and another password",
      { status: "pending" },
      { password: newPassword },
      change,
      willBeReset("password changed"),
    ],
    [
      "a reset whose response was lost",
      { status: "failed" },
      {},
      change,
      willBeReset("the last reset may not have been carried out"),
    ],
    [
      "a reset that failed for a known reason",
      { status: "failed", reason: "the instance has refused the password" },
      {},
      change,
      willBeReset("the instance has refused the password"),
    ],
    [
      "drift that a refresh has found",
      { status: "drifted", reason: "password-free mode is on" },
      {},
      change,
      willBeReset("password-free mode is on"),
    ],
    ["another onCreate", {}, { onCreate: "adopt" }, nothing, []],
    ["another address in verify", {}, { verify: { host: "10.0.0.1", port: 6379 } }, nothing, []],
    ["another servername in verify", {}, { verify: { ...overTls, servername: "redis.example.com" } }, nothing, []],
    ["another ca in verify", {}, { verify: { ...overTls, ca: rootCertificates[0] } }, nothing, []],
    [
      "another instance, which is to be adopted",
      {},
      { instanceId: "crs-another1", onCreate: "adopt" },
      { ...change, replaces: ["instanceId"] },
      [
        "crs-5a4py64p: the resource, not the instance, will be replaced, and another instance will be adopted with its password (instanceId changed)",
      ],
    ],
    [
      "a reset whose response was lost, and another password",
      { status: "failed" },
      { password: newPassword },
      change,
      willBeReset("password changed, the last reset may not have been carried out"),
    ],
    [
      "a reset whose response was lost, and another instance",
      { status: "failed" },
      { instanceId: "crs-another1" },
      { ...change, replaces: ["instanceId"] },
      willBeLeft("instanceId changed"),
    ],
  ])("the effect of %s", (_, recorded, changes, expected, lines) => {
    expect(diff(id, state(recorded), checked(changes))).toStrictEqual(expected);
    expect(output()).toEqual(lines);
  });

  it("no change if neither the program nor the state has triggers", () => {
    expect(diff(id, state({ triggers: {} }), without(checked(), "triggers"))).toStrictEqual(nothing);
  });

  it.each(["instanceId", "region"])("a replacement while the %s is not known", (field) => {
    expect(diff(id, state(), checked({ [field]: unknown }))).toStrictEqual({ ...change, replaces: [field] });
  });

  it("no change if a newer version computes another fingerprint of the same password", () => {
    // As after a failed update to another password, and back: the inputs no longer hold the fingerprint of this one.
    const newer = jest
      .spyOn(fingerprints, "fingerprint")
      .mockReturnValue("fingerprint v2 of-a-newer-version" as fingerprints.Fingerprint);
    const inputs = checked();
    newer.mockRestore();
    expect(inputs.password).toBe("fingerprint v2 of-a-newer-version");
    expect(diff(id, state(), inputs)).toStrictEqual(nothing);
  });
});

it("a preview needs no network and no credentials", () => {
  const preview = handlersOn({}, { environment: () => undefined });
  preview.diff(id, state(), preview.checked({ password: newPassword }));
  expect(preview.sent).toEqual([]);
});

it("no printed line contains a password or a fingerprint", () => {
  diff(id, state(), checked({ password: newPassword }));
  diff(id, state({ status: "failed" }), checked({ triggers: { month: "a-secret-trigger" } }));
  expect(output()).toHaveLength(2);
  expect(output().join("\n")).not.toMatch(/password-[12]|fingerprint|a-secret-trigger/);
});
