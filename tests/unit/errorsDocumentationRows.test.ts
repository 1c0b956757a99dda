import { readFileSync } from "node:fs";
import path from "node:path";

const read = (...names: string[]): string => readFileSync(path.join(__dirname, "..", "..", ...names), "utf8");
const page = read("docs", "errors.md");
const source = read("provider", "errors.ts");

/** The codes in the page's first table. */
const codes = [...page.matchAll(/^\| `([A-Z]\w+(?:\.[\w*]+)?)` +\| .+? +\|$/gm)].map(([, code = ""]) => code);

it("the page has a row for each piece of advice", () => {
  const table = source.slice(source.indexOf("const advice:"), source.indexOf("];", source.indexOf("const advice:")));
  const prefixes = [...table.matchAll(/^ {2,4}\[?\s*"(\w+(?:\.\w+)?)",/gm)].map(([, prefix]) => prefix);
  expect(codes.map((code) => code.replace(".*", ""))).toEqual(prefixes);
});
