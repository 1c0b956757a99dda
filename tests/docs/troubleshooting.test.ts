import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..", "..");
const tests = ["e2e", "docs"].flatMap((kind) => {
  const folder = path.join(root, "tests", kind);
  const files = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((file) => file.endsWith(".test.ts"));
  return files.map((file) => readFileSync(path.join(folder, file), "utf8"));
});
const page = readFileSync(path.join(root, "docs", "troubleshooting.md"), "utf8");
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ heading: section.split("\n")[0] ?? "", shows: section.includes("```text") }));

it.each(sections.filter(({ shows }) => shows))(
  "the lines below “$heading” in docs/troubleshooting.md are held to real output by a test",
  ({ heading }) => {
    expect(tests.some((test) => test.includes(`"${heading}"`))).toBe(true);
  },
);
