import { PasswordStore } from "../../../provider/resource/passwordStore";

const recorded = "fingerprint v1 5seY6Tc_aLrZoeVGERm8e3ko99tuYuRiy9yRR19XN_A";

describe("a password of this run", () => {
  const store = new PasswordStore();
  store.remember("zy456987", recorded);

  it("is found by the fingerprint that was recorded for it", () => {
    expect(store.recall(recorded)).toBe("zy456987");
  });

  it("is still found after another resource was handed its fingerprint in its place", () => {
    store.rememberWithheld(recorded);
    expect(store.recall(recorded)).toBe("zy456987");
    expect(store.isWithheld(recorded)).toBe(false);
  });

  it("is unknown where check was handed a fingerprint in its place", () => {
    const withheld = "fingerprint v1 withheld";
    expect(store.wasChecked(withheld)).toBe(false);
    store.rememberWithheld(withheld);
    expect(store.wasChecked(withheld)).toBe(true);
    expect(store.isWithheld(withheld)).toBe(true);
    expect(store.recall(withheld)).toBeUndefined();
  });

  it("is not found by a fingerprint of an earlier run", () => {
    expect(store.recall("fingerprint v1 earlier")).toBeUndefined();
  });
});
