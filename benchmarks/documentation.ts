import { readFileSync } from "node:fs";
import path from "node:path";

import { format } from "prettier";

import { figuresTable } from "./figuresTable";
import { plotsOf } from "./plots";
import type { Measurement, Results } from "./results";

const docs = path.join(path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json")), "docs");

/** What the documentation shows of these results: the texts of its files, by their paths. */
export async function documentationOf(results: Results): Promise<ReadonlyMap<string, string>> {
  const page = path.join(docs, "performance.md");
  return new Map([
    [page, await withFigures(readFileSync(page, "utf8"), results)],
    ...Object.entries(plotsOf(results)).map(([name, svg]) => [path.join(docs, "plots", name), svg] as const),
  ]);
}

const begin = "<!-- written by npm run bench:publish -->";
const end = "<!-- until here -->";

/** The page with the table of these results between its two marks. */
export async function withFigures(page: string, results: Results): Promise<string> {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page needs the lines ${begin} and ${end}`);
  const block = `${figuresTable(results.figures)}\n\n${measuredOn(results)}`;
  return format(`${before}${begin}\n\n${block}\n\n${end}${after}`, { parser: "markdown", printWidth: 120 });
}

/** On which machines and versions, most often one. */
function measuredOn({ measurements }: Results): string {
  const taken = Object.values(measurements) as Measurement<unknown>[];
  return [...new Set(taken.map(describe))].map((line) => `Measured ${line}.`).join("\n");
}

function describe({ takenAt, machine }: Measurement<unknown>): string {
  const { processor, processors, memoryGiB, system, node, versions } = machine;
  const software = Object.entries({ ...versions, node: node.replace(/^v/, "") }).map(
    ([name, version]) => `${name} ${version}`,
  );
  const hardware = `${processors} processors (${processor}), ${memoryGiB} GiB`;
  return `on ${takenAt.slice(0, 10)} on ${system}, ${hardware}: ${software.join(", ")}`;
}
