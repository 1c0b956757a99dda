import { createHash } from "node:crypto";

import { providerText } from "./support/providerText";

describe("The text that Pulumi stores with every resource", () => {
  test("is the one in all states", async () => {
    // A change of providerStub.ts, the compiler's target or the SDK that wraps it changes every later state. Every
    // released text must keep working: `pulumi refresh` and `destroy` run the text in the state.
    const sha256 = createHash("sha256")
      .update(await providerText())
      .digest("hex");
    expect(sha256).toBe("75f8f9d803b5c554ec6fe32458656a27cb5987e178f7208ab51f446018fae478");
  });

  test("is at most 1050 bytes, because a state contains it twice per resource", async () => {
    expect(Buffer.byteLength(await providerText())).toBeLessThanOrEqual(1050);
  });
});
