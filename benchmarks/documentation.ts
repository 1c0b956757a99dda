import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../tools/root";
import { figuresTable } from "./figuresTable";
import { plotsOf } from "./plots";
import type { Measurement, Results } from "./results";

const docs = path.join(root, "docs");

/** Puts these results into the documentation: the table and the plots of docs/performance.md. */
export function publish(results: Results): void {
  for (const [file, content] of documentationOf(results)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** What the documentation shows of these results: the texts of its files, by their paths. */
export function documentationOf(results: Results | undefined): ReadonlyMap<string, string> {
  const page = path.join(docs, "performance.md");
  const plots = results ? plotsOf(results) : [];
  return new Map([
    [page, withResults(readFileSync(page, "utf8"), results)],
    ...plots.map(({ file, svg }) => [path.join(docs, file), svg] as const),
  ]);
}

const begin = "<!-- written by npm run bench:publish -->";
const end = "<!-- until here -->";

/** The page with the figures and plots of these results between its two marks. */
export function withResults(page: string, results: Results | undefined): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page needs the lines ${begin} and ${end}`);
  return `${before}${begin}\n\n${results ? blockOf(results) : "Not measured yet."}\n\n${end}${after}`;
}

function blockOf(results: Results): string {
  const plots = plotsOf(results).map(({ file, title }) => `![${title}](${file})`);
  return [figuresTable(results.figures), measuredOn(results), ...plots].join("\n\n");
}

/** On which machines and versions, most often one. */
function measuredOn({ measurements }: Results): string {
  const taken = Object.values(measurements) as Measurement<unknown>[];
  return [...new Set(taken.map(describe))].map((line) => `Measured ${line}.`).join("\n");
}

function describe({ takenAt, machine }: Measurement<unknown>): string {
  const { processor, processors, memoryGiB, system, versions } = machine;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const hardware = `${processors} processors (${processor}), ${memoryGiB} GiB`;
  return `on ${takenAt.slice(0, 10)} on ${system}, ${hardware}: ${software.join(", ")}`;
}
