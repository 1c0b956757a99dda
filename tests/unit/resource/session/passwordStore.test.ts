import type { Fingerprint } from "../../../../provider/resource/contract/fingerprint";
import { PasswordStore } from "../../../../provider/resource/session/passwordStore";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";

const recorded = "fingerprint v1 5seY6Tc_aLrZoeVGERm8e3ko99tuYuRiy9yRR19XN_A" as Fingerprint;
const password = new Secret("zy456987");

describe("a password of this run", () => {
  const redactor = new Redactor();
  const store = new PasswordStore(redactor);
  store.remember(password, recorded);

  it("is shown in no message", () => {
    expect(redactor.redactMessage("near zy456987")).toBe("near [secret]");
  });

  it("is found by the fingerprint recorded for it", () => {
    expect(store.recall(recorded)).toBe(password);
  });

  it("is still found after another resource got its fingerprint instead of the password", () => {
    store.rememberWithheld(recorded);
    expect(store.recall(recorded)).toBe(password);
    expect(store.isWithheld(recorded)).toBe(false);
  });

  it("is unknown if check got a fingerprint instead", () => {
    const withheld = "fingerprint v1 withheld" as Fingerprint;
    expect(store.wasChecked(withheld)).toBe(false);
    store.rememberWithheld(withheld);
    expect(store.wasChecked(withheld)).toBe(true);
    expect(store.isWithheld(withheld)).toBe(true);
    expect(store.recall(withheld)).toBeUndefined();
  });

  it("is not found by a fingerprint of an earlier run", () => {
    expect(store.recall("fingerprint v1 earlier" as Fingerprint)).toBeUndefined();
  });
});
