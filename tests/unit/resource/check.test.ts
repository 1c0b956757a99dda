import * as fingerprints from "../../../provider/resource/contract/fingerprint";
import { check } from "../support/handlers";
import { captureOutput } from "../support/output";
import { makeFingerprint, instanceId, newPassword, oldPassword, program, unknown, without } from "../support/resource";

const output = captureOutput();

/** The inputs as an earlier run has recorded them. */
const recorded = (changes: object = {}) => program({ password: makeFingerprint(oldPassword), ...changes });

describe("what is recorded", () => {
  it.each<[string, object, ReturnType<typeof program>, object]>([
    // A replacement looks like a creation: Pulumi passes no recorded values.
    ["on creation", {}, program(), recorded()],
    ["without a change", recorded(), program(), recorded()],
    [
      "with another password",
      recorded(),
      program({ password: newPassword }),
      recorded({ password: makeFingerprint(newPassword) }),
    ],
    [
      "with triggers and a timeout",
      {},
      program({ triggers: { a: "b" }, timeoutSeconds: 5 }),
      recorded({ triggers: { a: "b" }, timeoutSeconds: 5 }),
    ],
    ["with ignoreChanges on the password", recorded(), recorded(), recorded()],
    [
      "with ignoreChanges on the password, and another trigger",
      recorded(),
      recorded({ triggers: {} }),
      recorded({ triggers: {} }),
    ],
    ["after a preview with an unknown password", recorded({ password: unknown }), program(), recorded()],
  ])("is a fingerprint instead of the password: %s", (_, olds, news, expected) => {
    // Strictly equal, because Pulumi would fail on an undefined value after the reset.
    expect(check(olds, news)).toStrictEqual({ inputs: expected });
  });

  it.each(["triggers", "timeoutSeconds"] as const)("leaves out %s if the program does", (field) => {
    expect(check({}, without(program(), field))).toStrictEqual({ inputs: without(recorded(), field) });
  });

  it.each(["password", "instanceId", "region"])("is unknown as long as the %s is", (field) => {
    const news = program({ [field]: unknown });
    expect(check(recorded(), news)).toStrictEqual({ inputs: { ...news, password: unknown } });
  });

  it("stays as it is when a new version of the package would write another fingerprint", () => {
    const olds = recorded();
    const newer = jest
      .spyOn(fingerprints, "fingerprint")
      .mockReturnValue("fingerprint v2 of-a-newer-version" as fingerprints.Fingerprint);
    const same = check(olds, program());
    const other = check(olds, program({ password: newPassword }));
    newer.mockRestore();
    expect(same).toStrictEqual({ inputs: olds });
    expect(other).toStrictEqual({ inputs: recorded({ password: "fingerprint v2 of-a-newer-version" }) });
  });

  it.each([{ instanceId: "crs-another1" }, { region: "ap-shanghai" }])(
    "is a new fingerprint for another %j",
    (place) => {
      const { inputs } = check(recorded(), program(place)) as { inputs: { password: string } };
      expect(inputs.password).toMatch(/^fingerprint v1 /);
      expect(inputs.password).not.toBe(makeFingerprint(oldPassword));
    },
  );
});

describe("check refuses", () => {
  it("inputs with all their problems at once, and nothing is recorded", () => {
    const result = check({}, program({ instanceId: "x", password: "short", region: "y", other: 1 }));
    expect(result.failures?.map(({ reason }) => reason.split(":")[0]).sort()).toEqual([
      "instanceId",
      "other",
      "password",
      "password",
      "region",
    ]);
    expect(result.inputs).toEqual({});
  });

  it.each<[string, object]>([
    ["the fingerprint of another resource", recorded()],
    ["a fingerprint if none is recorded", {}],
  ])("%s as a password", (_, olds) => {
    const { failures } = check(olds, program({ password: makeFingerprint(newPassword) }));
    expect(failures).toEqual([{ property: "", reason: "password: is a fingerprint from a state, not a password" }]);
  });

  it("an import whose password ignoreChanges removes", () => {
    const olds = without(recorded(), "password");
    const { failures } = check(olds, without(program(), "password"));
    const reason =
      "password: is required after an import: give the instance's current password, of which only a fingerprint is recorded, and take it out of ignoreChanges for this run";
    expect(failures).toEqual([{ property: "", reason }]);
  });

  it("a foreign fingerprint, together with other problems", () => {
    const { failures } = check({}, program({ password: makeFingerprint(newPassword), region: "y" }));
    expect(failures?.map(({ reason }) => reason.split(":")[0])).toEqual(["region", "password"]);
  });

  it.each([
    ["the same", oldPassword],
    ["another", newPassword],
    ["ignored by ignoreChanges", "fingerprint v2 abc"],
  ])("any password if a newer version has written the state: %s", (_, password) => {
    const { failures } = check(recorded({ password: "fingerprint v2 abc" }), program({ password }));
    expect(failures).toEqual([
      {
        property: "",
        reason:
          "password: the state holds a fingerprint of version v2, which this version of pulumi-tencentcloud-redis " +
          "does not know: install the newer one that wrote it",
      },
    ]);
  });

  it("inputs without naming a property to Pulumi, which would print its value, and without the password", () => {
    const secret = "/987654321\n";
    const result = check({}, program({ password: secret, triggers: { month: 1 }, instanceId: secret, region: secret }));
    expect(result.failures?.map(({ property }) => property)).toEqual(["", "", "", "", ""]);
    expect(JSON.stringify(result)).not.toContain("987654321");
  });
});

describe("a long password", () => {
  const long = `${"a".repeat(32)}1`;

  it("is accepted with a warning", () => {
    expect(check({}, program({ password: long })).failures).toBeUndefined();
    expect(output()).toEqual([
      `${instanceId}: the password will be set`,
      `${instanceId}: the password has more than 32 characters, which some instances refuse`,
    ]);
  });

  it("is warned of only once", () => {
    check(recorded({ password: makeFingerprint(long) }), program({ password: long }));
    expect(output()).toEqual([]);
  });

  it("of 32 characters does not count as long", () => {
    check({}, program({ password: long.slice(1) }));
    expect(output()).toEqual([`${instanceId}: the password will be set`]);
  });
});
