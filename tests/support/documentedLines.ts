import { readFileSync } from "node:fs";
import path from "node:path";

const page = readFileSync(path.join(__dirname, "..", "..", "docs", "troubleshooting.md"), "utf8");

/** Returns the lines that docs/troubleshooting.md shows below a heading: `<…>` there stands for anything. */
export function documentedLines(heading: string): readonly RegExp[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  const [, block] = /^```text\n(.*?)^```/ms.exec(section ?? "") ?? [];
  if (block === undefined) throw new Error(`docs/troubleshooting.md shows no lines below "${heading}"`);
  return block.trim().split("\n").map(patternOf);
}

/** Returns the same lines, each to be matched as a whole. */
export const documentedWholeLines = (heading: string): readonly RegExp[] =>
  documentedLines(heading).map(({ source }) => new RegExp(`^${source}$`));

/** Returns those lines that docs/troubleshooting.md does not have. An entry may stand for an instance of any id. */
export const undocumentedLines = (lines: readonly string[]): string[] =>
  lines.filter((line) => !entries.some((entry) => entry.test(line)));

/** Each line that the page shows, as a whole, where `<…>` may also stand for nothing. One that is little but `<…>` would let everything pass. */
const entries: readonly RegExp[] = [...page.matchAll(/^```text\n(.*?)^```/gms)]
  .flatMap(([, block = ""]) => block.trim().split("\n"))
  .filter((line) => line.replace(/<[^>]+>/g, "").length >= 10)
  .map(
    (line) => new RegExp(`^${patternOf(line.replace(/^crs-5a4py64p: /, "<id>: ")).source.replaceAll(".+?", ".*?")}$`),
  );

function patternOf(line: string): RegExp {
  const parts = line.trim().split(/<[^>]+>/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+?"));
}
