import crypto from "node:crypto";

const { scryptSync } = crypto;

/** Computes each slow hash of these tests once: fingerprints stay what they are, and thousands of runs become quick. */
export function rememberSlowHashes(): void {
  const known = new Map<string, Buffer>();
  const remembering = (...args: Parameters<typeof scryptSync>): Buffer => {
    const key = JSON.stringify(args);
    const found = known.get(key) ?? scryptSync(...args);
    known.set(key, found);
    return Buffer.from(found);
  };
  jest.spyOn(crypto, "scryptSync").mockImplementation(remembering as typeof scryptSync);
}
