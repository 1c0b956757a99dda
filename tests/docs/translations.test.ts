import path from "node:path";

import { findBlocks, codeIn, readPage } from "../support/markdown";

const english = "README.md";
const translations = ["docs/README.zh-CN.md", "docs/README.ja.md"];

const withoutBlocks = (page: string): string => readPage(page).replaceAll(/^```.*\n[^]*?^```$/gm, "");
const listBlocks = (page: string): string[] => findBlocks(page).map(({ text }) => text);

/**
 * Returns the sections of a page, in order, by the parts that are equal in all languages: code, and the targets of
 * links.
 */
const listSections = (page: string) =>
  withoutBlocks(page)
    .split(/^## /m)
    // The links to the other languages.
    .map((section) => section.replaceAll(/\[(简体中文|日本語|English)\]\(.*?\)/g, ""))
    .map((section) => ({
      code: listOnce(codeIn(section)),
      // Versions, limits and defaults. Japanese writes some numbers as digits that are words in English.
      numbers: listOnce([...section.matchAll(/\d[\d.]*\d|[03-9]/g)].map(([number]) => number)),
      links: [...section.matchAll(/\]\((.+?)\)/g)].map(([, target = ""]) => resolveLink(page, target)).sort(),
      // The code in the first cell of each row.
      rows: section.split("\n").flatMap((line) => (line.startsWith("|") ? [codeIn(line.split("|")[1] ?? "")] : [])),
    }));

const resolveLink = (page: string, target: string): string =>
  target.startsWith("https:") ? target : path.normalize(path.join(path.dirname(page), target));

/** Ignores the order and repetitions, which differ between languages. */
const listOnce = (names: readonly string[]): string[] => [...new Set(names)].sort();

describe.each(translations)("%s", (page) => {
  it("has the README's commands, programs and output", () => {
    expect(listBlocks(page)).toEqual(listBlocks(english));
  });

  it("has the README's sections, with their code, links and tables", () => {
    expect(listSections(page)).toEqual(listSections(english));
  });
});
