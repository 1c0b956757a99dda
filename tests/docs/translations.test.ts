import { findBlocks, codeIn, readPage } from "../support/markdown";

const withoutBlocks = (page: string): string => readPage(page).replaceAll(/^```.*\n[^]*?^```$/gm, "");
const listCode = (page: string): string[] => codeIn(withoutBlocks(page)).sort();
const listBlocks = (page: string): string[] => findBlocks(page).map(({ text }) => text);

describe.each(["docs/README.zh-CN.md", "docs/README.ja.md"])("%s", (page) => {
  it("names inputs, variables and commands as the README does", () => {
    const known = readPage("README.md");
    const isKnown = (code: string) => new RegExp(`(?<!\\w)${code}(?!\\w)`).test(known);
    expect(listCode(page).filter((code) => !isKnown(code))).toEqual([]);
  });

  it("shows programs and output that the README shows", () => {
    expect(listBlocks("README.md")).toEqual(expect.arrayContaining(listBlocks(page)));
  });
});

it("the translations name the same inputs, variables and commands", () => {
  expect(listCode("docs/README.ja.md")).toEqual(listCode("docs/README.zh-CN.md"));
});
