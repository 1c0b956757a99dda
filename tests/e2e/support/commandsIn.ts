import { findBlocks } from "../../support/markdown";
import type { DocumentedHeading, DocumentedPage } from "./documentedCommands";

/**
 * The commands that a page shows below a heading, to be run as they are. What stands there as `NAME=…` or `NAME …` is
 * for the reader to fill in: it is taken from `filledIn`.
 */
export function commandsIn<Page extends DocumentedPage>(
  page: Page,
  heading: DocumentedHeading<Page>,
  filledIn: Readonly<Record<string, string>> = {},
): string {
  const [block, ...others] = findBlocks(page).filter((found) => found.heading === heading && found.language === "sh");
  if (!block || others.length > 0) throw new Error(`${page} shows no single block of commands below "${heading}"`);
  return block.text.replace(/([\w:]+)([= ])…/g, (_, name: string, between: string) => {
    const value = filledIn[name];
    if (value === undefined) throw new Error(`${page} leaves ${name} to the reader, and the test does not give it`);
    return `${name}${between}'${value}'`;
  });
}
