import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder of this repository. */
export const root = path.join(__dirname, "..", "..");

export interface Block {
  /** The page's path in this repository. */
  readonly page: string;
  /** The heading that it stands below. */
  readonly heading: string;
  /** What it is written in, such as `ts` or `sh`. */
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in their order, or of the docstrings in a source. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  const read = readPage(page);
  const markdown = page.endsWith(".ts") ? read.replaceAll(/^ *\* ?/gm, "") : read;
  for (const [, title, language = "", text = ""] of markdown.matchAll(headingOrBlock)) {
    if (title !== undefined) heading = title;
    else blocks.push({ page, heading, language, text });
  }
  return blocks;
}

export const readPage = (page: string): string => readFileSync(path.join(root, page), "utf8");

const headingOrBlock = /^#+ (.+)$|^```(.*)\n([^]*?)^```$/gm;
