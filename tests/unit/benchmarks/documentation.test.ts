import { existsSync, readFileSync } from "node:fs";

import { documentationOf, withResults } from "../../../benchmarks/documentation";
import { figuresOf } from "../../../benchmarks/figures";
import type { Results } from "../../../benchmarks/results";
import { readResults } from "../../../benchmarks/resultsFile";
import { fullScale } from "../../../benchmarks/scale";

const machine = {
  processor: "one",
  processors: 2,
  memoryGiB: 1,
  system: "Linux",
  versions: { redis: "7", node: "20.0.0" },
};
const taken = { takenAt: "2026-11-24T18:40:01.000Z", loadBefore: 0, machine };
const results: Results = {
  scale: fullScale,
  figures: [{ work: "a preview", measuredBy: "preview", unit: "s", goal: 2, reached: 1 }],
  measurements: {
    preview: { ...taken, samples: [{ who: "ours", resources: 1, seconds: 2 }] },
    state: { ...taken, samples: [] },
  },
};

const page = "# Title\n\n<!-- written by npm run bench:publish -->\n\nold\n\n<!-- until here -->\n\nEnd\n";

it("the results stand between the marks of the page, and the rest stays", () => {
  const text = withResults(page, results);
  expect(text).toMatch(/^# Title\n[^]*\n<!-- until here -->\n\nEnd\n$/);
  expect(text).not.toContain("old");
  expect(text).toMatch(/\| a preview +\| at most 2 +\| 1 s +\| reached \|/);
  expect(text).toContain("Measured on 2026-11-24 on Linux, 2 processors (one), 1 GiB: redis 7, node 20.0.0.");
  expect(text.match(/!\[[^\]]+\]\(plots\/\w+\.svg\)/g)).toHaveLength(3);
});

it("a page without marks is no page for results", () => {
  expect(() => withResults("# Title\n", results)).toThrow("the page needs the lines");
});

it("the documentation shows the committed results: npm run bench:publish", () => {
  const files = documentationOf(readResults());
  for (const [file, content] of files) expect(existsSync(file) && readFileSync(file, "utf8")).toBe(content);
});

it("the committed figures follow from the committed measurements", () => {
  const committed = readResults();
  expect(figuresOf(committed?.measurements ?? {}, fullScale)).toEqual(committed?.figures ?? []);
});
