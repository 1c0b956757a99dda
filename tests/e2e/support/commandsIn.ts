import { findBlocks } from "../../support/markdown";
import type { DocumentedHeading, DocumentedPage } from "./documentedCommands";

/**
 * Returns the commands below a heading of a page, to be run unchanged. Placeholders `NAME=…` and `NAME …` are replaced
 * with values from `filledIn`.
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
