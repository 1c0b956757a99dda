import { createHash } from "node:crypto";

import { providerText } from "./support/providerText";

describe("The text that Pulumi stores with every resource", () => {
  test("is the one that all states hold", async () => {
    // Whoever changes providerStub.ts, the compiler's target or the SDK that wraps it decides about every state to
    // come, and every text ever released must go on working: `pulumi refresh` and `destroy` run what a state holds.
    const sha256 = createHash("sha256")
      .update(await providerText())
      .digest("hex");
    expect(sha256).toBe("54d87bb3150b79a7a7a7aab9dd5dff595051fecce4a151a37b2d68fce8346887");
  });

  test("is at most 1000 bytes, for a state holds it twice a resource", async () => {
    expect(Buffer.byteLength(await providerText())).toBeLessThanOrEqual(1000);
  });
});
