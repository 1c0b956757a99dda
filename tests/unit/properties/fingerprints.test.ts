import fc from "fast-check";

import {
  type Fingerprint,
  fingerprint,
  isFingerprint,
  isKnownVersion,
  matches,
  fingerprintVersion,
} from "../../../provider/resource/contract/fingerprint";
import { findProblems } from "../../../provider/resource/contract/inputs";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { anyText, anyValue, canary, pickFrom, secretText, validPassword } from "./support/arbitraries";
import { holds } from "./support/property";

const letters = fc.string({ unit: pickFrom("0123456789abcxyz"), minLength: 1, maxLength: 10 });
const instance = fc.record({
  region: fc.constantFrom("ap-guangzhou", "ap-shanghai-fsi", "na-ashburn", "ap-guangzhou-2"),
  instanceId: letters.map((text) => `crs-${text}`),
});

/** Two instances: the same one, two with only the region or the id in common, or two different ones. */
const twoInstances = fc
  .tuple(instance, instance)
  .chain(([here, there]) =>
    fc.constantFrom(
      { here, there: { ...here } },
      { here, there: { ...here, region: there.region } },
      { here, there: { ...there, region: here.region } },
      { here, there },
    ),
  );

it("a fingerprint is reproducible, belongs to one password and instance, and does not show the password", () =>
  holds(
    "fingerprints",
    fc.tuple(fc.oneof(validPassword, secretText), validPassword, twoInstances),
    ([password, other, { here, there }]) => {
      const recorded = fingerprint(new Secret(password), here);
      expect(recorded).toMatch(/^fingerprint v1 [\w-]{43}$/);
      expect(isFingerprint(recorded) && isKnownVersion(recorded)).toBe(true);
      expect(recorded).not.toContain(canary);
      expect(recorded.includes(password)).toBe(false);
      expect(matches(new Secret(password), here, recorded)).toBe(true);
      expect(matches(new Secret(other), here, recorded)).toBe(other === password);
      const isSame = here.region === there.region && here.instanceId === there.instanceId;
      expect(matches(new Secret(password), there, recorded)).toBe(isSame);
      // A fingerprint is never a valid password.
      expect(findProblems({ ...here, password: recorded })).not.toEqual([]);
    },
  ));

it("a text that is not a fingerprint of ours matches nothing", () =>
  holds("foreignFingerprints", fc.tuple(anyText, fc.oneof(anyValue, anyText), instance), ([password, foreign, of]) => {
    expect(matches(new Secret(password), of, foreign as Fingerprint)).toBe(false);
    if (!isFingerprint(foreign)) return;
    expect(foreign).toBe(`fingerprint ${fingerprintVersion(foreign)} ${foreign.split(" ")[2] ?? ""}`);
  }));
