import { findBlocks, codeIn, readPage } from "../support/markdown";

const withoutBlocks = (page: string): string => readPage(page).replaceAll(/^```.*\n[^]*?^```$/gm, "");
const codeOf = (page: string): string[] => codeIn(withoutBlocks(page)).sort();
const textsOf = (page: string): string[] => findBlocks(page).map(({ text }) => text);

describe.each(["docs/README.zh-CN.md", "docs/README.ja.md"])("%s", (page) => {
  it("names inputs, variables and commands as the README does", () => {
    const known = readPage("README.md");
    const isKnown = (code: string) => new RegExp(`(?<!\\w)${code}(?!\\w)`).test(known);
    expect(codeOf(page).filter((code) => !isKnown(code))).toEqual([]);
  });

  it("shows programs and output that the README shows", () => {
    expect(textsOf("README.md")).toEqual(expect.arrayContaining(textsOf(page)));
  });
});

it("the translations name the same inputs, variables and commands", () => {
  expect(codeOf("docs/README.ja.md")).toEqual(codeOf("docs/README.zh-CN.md"));
});
