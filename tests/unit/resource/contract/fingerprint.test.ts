import crypto from "node:crypto";

import {
  type Fingerprint,
  fingerprint,
  isFingerprint,
  isKnownVersion,
  matches,
  fingerprintVersion,
} from "../../../../provider/resource/contract/fingerprint";
import { findProblems } from "../../../../provider/resource/contract/inputs";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { catchError } from "../../support/failure";

const password = new Secret("zy456987");
const instance = { region: "ap-guangzhou", instanceId: "crs-5a4py64p" };
const recorded = "fingerprint v1 5seY6Tc_aLrZoeVGERm8e3ko99tuYuRiy9yRR19XN_A";
const fromTheFuture = "fingerprint v2 5seY6Tc_aLrZoeVGERm8e3ko99tuYuRiy9yRR19XN_A";

describe("a fingerprint", () => {
  // Computed with Python's hashlib. Existing states contain this text, so it must never change.
  it("is the same on every machine and in every version of this package", () => {
    expect(fingerprint(password, instance)).toBe(recorded);
    expect(fingerprint(password, instance, "v1")).toBe(recorded);
    expect(fingerprint(new Secret("old-password-1"), { ...instance, account: "app" })).toBe(
      "fingerprint v1 8qloToZ8kC-m2LgevMj7qmsUXzpdd6kPD1v0YPGIQDE",
    );
  });

  it.each([
    ["password", "zy456988", instance],
    ["instance", "zy456987", { ...instance, instanceId: "crs-5a4py64q" }],
    ["account", "zy456987", { ...instance, account: "app" }],
    ["region", "zy456987", { ...instance, region: "ap-shanghai" }],
  ])("differs for another %s", (_, text, of) => {
    const password = new Secret(text);
    expect(fingerprint(password, of)).toMatch(/^fingerprint v1 [\w-]{43}$/);
    expect(fingerprint(password, of)).not.toBe(recorded);
    expect(matches(password, of, recorded as Fingerprint)).toBe(false);
  });

  it("does not hold the password", () => {
    expect(fingerprint(password, instance)).not.toContain("zy456987");
  });

  it("matches its password and instance", () => {
    expect(matches(password, instance, recorded as Fingerprint)).toBe(true);
  });

  it.each([fromTheFuture, "zy456987", "", `${recorded} `, recorded.slice(0, -1)])("%j matches nothing", (text) => {
    expect(matches(password, instance, text as Fingerprint)).toBe(false);
  });

  it("cannot be made in an unknown version", () => {
    expect(() => fingerprint(password, instance, "v2")).toThrow("unknown fingerprint version v2");
  });

  it("is never a valid password", () => {
    expect(findProblems({ ...instance, password: recorded })).toEqual([expect.stringContaining("no white space")]);
  });
});

it.each([
  [recorded, true, "v1", true],
  [fromTheFuture, true, "v2", false],
  ["fingerprint v12 x", true, "v12", false],
  ["zy456987", false, "", false],
  ["fingerprint", false, "", false],
  ["fingerprint v1 ", false, "", false],
  ["fingerprint constructor x", false, "", false],
  [`my ${recorded}`, false, "", false],
  [`${recorded}\n`, false, "", false],
])("recognizes whether %j is a fingerprint, and its version", (text, is, version, isKnown) => {
  expect(isFingerprint(text)).toBe(is);
  expect(fingerprintVersion(text)).toBe(version);
  expect(isKnownVersion(text)).toBe(isKnown);
});

it.each<unknown>([undefined, null, 1, {}, [recorded], { toString: recorded }])("%j is not a fingerprint", (value) => {
  expect(matches(password, instance, value as Fingerprint)).toBe(false);
  expect(isFingerprint(value)).toBe(false);
});

describe("if this Node.js has no scrypt, one line says so", () => {
  const { scryptSync } = crypto;
  afterEach(() => {
    crypto.scryptSync = scryptSync;
  });

  const failing = (message: string) => () => {
    throw new Error(message);
  };

  it.each<[string, (() => never) | undefined, string]>([
    ["Node.js was built without it", undefined, "crypto.scryptSync is not defined"],
    ["Node.js reports it", failing("Scrypt algorithm not supported"), "Scrypt algorithm not supported"],
    [
      "OpenSSL forbids it",
      failing("error:0308010C:digital envelope routines::unsupported\n"),
      "error:0308010C:digital envelope routines::unsupported",
    ],
  ])("one line says that Node.js has no scrypt, if %s", async (_, replaced, reason) => {
    crypto.scryptSync = replaced as typeof scryptSync;
    const message =
      `This Node.js has no scrypt, which the password's fingerprint needs: ${reason}. ` +
      "Run Pulumi with a Node.js that has it, outside of FIPS mode.";
    for (const call of [
      () => fingerprint(password, instance),
      () => matches(password, instance, recorded as Fingerprint),
    ]) {
      await expect(catchError(call)).resolves.toMatchObject({ message });
    }
  });
});
