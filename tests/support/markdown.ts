import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder of this repository. */
export const root = path.join(__dirname, "..", "..");

export interface Block {
  /** The page's path in this repository. */
  readonly page: string;
  /** The heading above it. */
  readonly heading: string;
  /** Its language, such as `ts` or `sh`. */
  readonly language: string;
  readonly text: string;
}

/** Returns the fenced blocks of a page, in order. */
export function findBlocks(page: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  for (const [, title, language = "", text = ""] of readPage(page).matchAll(headingOrBlock)) {
    if (title !== undefined) heading = title;
    else blocks.push({ page, heading, language, text });
  }
  return blocks;
}

export const readPage = (page: string): string => readFileSync(path.join(root, page), "utf8");

/** Returns the cells of a table's rows. The heading of its first column identifies the table. */
export function tableRows(page: string, heading: string): string[][] {
  const [, table = ""] = readPage(page).split(`\n| ${heading} `);
  const [head = "", , ...rows] = table.split(/\n(?!\|)/)[0]?.split("\n") ?? [];
  if (head === "") throw new Error(`${page} has no table that begins with "${heading}"`);
  return rows.map((row) => row.split("|").slice(1, -1)).map((cells) => cells.map((cell) => cell.trim()));
}

/** Returns what a text has in backquotes. */
export const codeIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

const headingOrBlock = /^#+ (.+)$|^```(.*)\n([^]*?)^```$/gm;
