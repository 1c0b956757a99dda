/** Puts the committed results into the documentation: the table of docs/performance.md, and the plots. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { documentationOf } from "./documentation";
import { readResults } from "./resultsFile";

async function main(): Promise<void> {
  const results = readResults();
  if (!results) throw new Error("there are no results yet: npm run bench");
  for (const [file, content] of await documentationOf(results)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(file);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
