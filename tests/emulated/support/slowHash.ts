import crypto from "node:crypto";

const { scryptSync } = crypto;

/** Computes each slow hash only once, which makes thousands of runs fast without changing the fingerprints. */
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
