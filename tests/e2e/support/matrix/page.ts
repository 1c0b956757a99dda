import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type Combination, cliVersion, combinations } from "./combinations";
import type { Versions } from "./tools";

/** The result of a combination. */
export interface Result {
  readonly combination: Combination;
  readonly works: boolean;
  readonly versions: Versions;
}

const page = path.join(__dirname, "../../../../docs/compatibility.md");
const block = /(?<=<!-- npm run test:matrix writes this table -->\n).*?(?=<!-- end -->)/s;
const head =
  "| Node.js | installed by | Pulumi CLI | `@pulumi/pulumi` | program | tried with |\n" +
  "| --- | --- | --- | --- | --- | --- |";

/** Writes results into the table of docs/compatibility.md. The rows of other combinations stay unchanged. */
export function writePage(results: readonly Result[]): void {
  const before = readRows();
  const rows = combinations.flatMap((combination) => {
    const result = results.find((candidate) => candidate.combination === combination);
    return result ? formatRow(result) : before.filter((row) => row.startsWith(beginRow(combination)));
  });
  writeFileSync(page, readFileSync(page, "utf8").replace(block, `\n${[head, ...rows].join("\n")}\n\n`));
  execFileSync(process.execPath, [require.resolve("prettier/bin/prettier.cjs"), "--write", page], { stdio: "ignore" });
}

/** Returns the rows, without the spaces that align them. */
export function readRows(): readonly string[] {
  const [table = ""] = block.exec(readFileSync(page, "utf8")) ?? [];
  return table.split("\n").flatMap((line) => (/^\| \d/.test(line) ? line.replace(/ +/g, " ") : []));
}

/** Returns the beginning of a combination's row. */
export const beginRow = (combination: Combination): string => {
  const { node, packageManager, pulumi, program } = combination;
  return `| ${node} | ${packageManager} | ${cliVersion(combination)} | ${pulumi} | ${program} |`;
};

function formatRow({ combination, works, versions }: Result): string {
  const [name = ""] = combination.packageManager.split(/[ ,]/);
  const tried = `Node.js ${versions.node}, ${name} ${versions.packageManager}`;
  return `${beginRow(combination)} ${tried}${works ? "" : ": **fails**"} |`;
}
