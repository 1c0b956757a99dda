import type { EngineTestHeading } from "./troubleshootingHeadings";
import { readPage } from "./markdown";

const page = readPage("docs/troubleshooting.md");
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ heading: text.split("\n")[0] ?? "", lines: blocksIn(text)[0] ?? [] }));

/** The headings of docs/troubleshooting.md that have lines below them. */
export const documentedHeadings: readonly string[] = sections
  .filter(({ lines }) => lines.length > 0)
  .map(({ heading }) => heading);

/** Returns the lines that docs/troubleshooting.md shows below a heading, with `<…>` matching any text. */
export function documentedLines(heading: string): readonly RegExp[] {
  const { lines = [] } = sections.find((section) => section.heading === heading) ?? {};
  if (lines.length === 0) throw new Error(`docs/troubleshooting.md shows no lines below "${heading}"`);
  return lines.map(toPattern);
}

/** Returns the same lines, each to be matched as a whole. */
export const documentedWholeLines = (heading: string): readonly RegExp[] =>
  documentedLines(heading).map(({ source }) => new RegExp(`^${source}$`));

/** Expects the output of a run of the engine to hold the lines that docs/troubleshooting.md shows below a heading. */
export function expectDocumentedLines(output: string, heading: EngineTestHeading): void {
  for (const line of documentedLines(heading)) expect(output).toMatch(line);
}

/**
 * Returns the lines that are missing in docs/troubleshooting.md. An entry covers an instance of any id, and an entry
 * about ResetPassword also covers the action for other accounts.
 */
export const undocumentedLines = (lines: readonly string[]): string[] =>
  lines.filter((line) => {
    const spellings = [line, line.replace("ModifyInstanceAccount", "ResetPassword")];
    return !entries.some((entry) => spellings.some((spelling) => entry.test(spelling)));
  });

/**
 * The page's lines, each matching a whole line, with `<…>` matching any text, even an empty one. A line with little
 * more than `<…>` would match everything.
 */
const entries: readonly RegExp[] = blocksIn(page)
  .flat()
  .filter((line) => line.replace(/<[^>]+>/g, "").length >= 10)
  .map(
    (line) => new RegExp(`^${toPattern(line.replace(/^crs-5a4py64p: /, "<id>: ")).source.replaceAll(".+?", ".*?")}$`),
  );

function blocksIn(text: string): readonly (readonly string[])[] {
  const blocks = [...text.matchAll(/^```text\n(.*?)^```/gms)];
  return blocks.map(([, block = ""]) => block.trim().split("\n"));
}

function toPattern(line: string): RegExp {
  const parts = line.trim().split(/<[^>]+>/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+?"));
}
