import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../tools/root";
import type { Results } from "./results";

export const committedResults = path.join(root, "benchmarks", "results", "bench.json");
/** What is only tried goes where nothing is committed. */
export const triedResults = path.join(root, "reports", "bench.json");

/** Undefined where there are none yet. */
export function readResults(file = committedResults): Results | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
}

/** A sample a line. */
export async function writeResults(file: string, results: Results): Promise<void> {
  // Loaded where it is needed: reading has no use for it, and Jest cannot load it.
  const { format } = await import("prettier");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await format(JSON.stringify(results), { parser: "json", printWidth: 120 }));
}
