import { existsSync, readFileSync } from "node:fs";

import { documentationOf } from "../../../benchmarks/documentation";
import { figuresOf } from "../../../benchmarks/figures";
import { readResults } from "../../../benchmarks/resultsFile";
import { fullScale } from "../../../benchmarks/scale";

const results = readResults();
if (!results) throw new Error("benchmarks/results/bench.json is missing");

it("the committed figures follow from the committed measurements, all of them", () => {
  expect(figuresOf(results.measurements, results.scale)).toEqual(results.figures);
  expect(results.scale).toEqual(fullScale);
  expect(Object.keys(results.measurements).sort()).toEqual([
    "loading",
    "noticing",
    "preview",
    "state",
    "thousand",
    "up",
  ]);
});

it("the documentation shows the committed results: npm run bench:publish", async () => {
  const files = await documentationOf(results);
  expect(files.size).toBe(4);
  for (const [file, content] of files) expect(existsSync(file) && readFileSync(file, "utf8")).toBe(content);
});
