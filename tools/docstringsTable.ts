import ts from "typescript";

import { markdownTable } from "./markdownTable";

/**
 * Returns a table of the members of interfaces and classes: the first paragraph of each docstring, and the default.
 *
 * @param source the TypeScript that declares them
 * @param declarations their names, in the order of the table
 */
export function docstringsTable(head: readonly string[], source: string, ...declarations: readonly string[]): string {
  const { statements } = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const rows = declarations.flatMap((name) => findMembers(statements, name)).flatMap(toRow);
  return markdownTable(head, rows);
}

function findMembers(statements: readonly ts.Statement[], name: string): readonly ts.Node[] {
  const found = statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement))
    .find((statement) => statement.name?.text === name);
  if (!found) throw new Error(`there is no interface or class ${name}`);
  return found.members;
}

function toRow(member: ts.Node): string[][] {
  if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
  const name = member.name.getText();
  const [docstring] = ts.getJSDocCommentsAndTags(member);
  const [summary = ""] = readText(docstring).split("\n\n");
  if (summary === "") throw new Error(`${name} has no docstring`);
  const fallback = readText(ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default"));
  const meaning = fallback === "" ? summary : `${summary} Default: ${fallback}.`;
  return [[`\`${name}\``, meaning.replaceAll(/\s+/g, " ")]];
}

const readText = (docs: ts.JSDoc | ts.JSDocTag | undefined): string => ts.getTextOfJSDocComment(docs?.comment) ?? "";
