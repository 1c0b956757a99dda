/** Works the figures out of the committed measurements again, and puts them into the documentation. */
import { publish } from "./documentation";
import { figuresOf } from "./figures";
import { committedResults, readResults, writeResults } from "./resultsFile";

async function main(): Promise<void> {
  const kept = readResults();
  if (!kept) throw new Error("there are no results yet: npm run bench");
  const results = { ...kept, figures: figuresOf(kept.measurements, kept.scale) };
  await writeResults(committedResults, results);
  publish(results);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
