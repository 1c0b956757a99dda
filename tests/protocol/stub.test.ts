import { createHash } from "node:crypto";

import { providerText } from "./support/providerText";

describe("The text that Pulumi stores with every resource", () => {
  test("is the one that all states hold", async () => {
    // Whoever changes providerStub.ts, the compiler's target or the SDK that wraps it decides about every state to
    // come, and every text ever released must go on working: `pulumi refresh` and `destroy` run what a state holds.
    const sha256 = createHash("sha256")
      .update(await providerText())
      .digest("hex");
    expect(sha256).toBe("90d7b793344ee95eff860c577fdc1221555de5e58ff07a1804a3cdeceaa583b2");
  });

  test("is at most 1000 bytes, for a state holds it twice a resource", async () => {
    expect(Buffer.byteLength(await providerText())).toBeLessThanOrEqual(1000);
  });
});
