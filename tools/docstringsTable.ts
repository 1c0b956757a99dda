import { type Member, readDeclaration } from "./docstrings";
import { markdownTable } from "./markdownTable";

/**
 * Returns a table of the members of interfaces and classes: the first paragraph of each docstring, and the default.
 *
 * @param source the TypeScript of the declarations
 * @param declarations their names, in the order of the table
 */
export function docstringsTable(head: readonly string[], source: string, ...declarations: readonly string[]): string {
  const members = declarations.flatMap((name) => readDeclaration(source, name).members);
  return markdownTable(head, members.map(toRow));
}

function toRow({ name, paragraphs: [summary = ""], fallback }: Member): string[] {
  const meaning = fallback === undefined ? summary : `${summary} Default: ${fallback}.`;
  return [`\`${name}\``, meaning.replaceAll(/\s+/g, " ")];
}
