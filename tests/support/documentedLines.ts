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

function patternOf(line: string): RegExp {
  const parts = line.trim().split(/<[^>]+>/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+?"));
}
