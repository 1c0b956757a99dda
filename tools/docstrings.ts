import ts from "typescript";

/** The text of a docstring. */
export interface Docstring {
  /** The paragraphs, each on one line. */
  readonly paragraphs: readonly string[];
  /** The text of the tag `@default`. */
  readonly fallback?: string | undefined;
}

/** A property of an interface or a class in its declaration. */
export interface Member extends Docstring {
  readonly name: string;
  /** The text of its type. */
  readonly type: string;
  readonly isOptional: boolean;
}

/** The declaration of an interface or a class. */
export interface Declaration extends Docstring {
  readonly members: readonly Member[];
}

/**
 * Returns the docstrings of an interface or a class, and of its properties.
 *
 * @param source the TypeScript of the declaration
 * @throws Error if there is no such declaration, or one of its properties has no docstring
 */
export function readDeclaration(source: string, name: string): Declaration {
  const { statements } = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const found = statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement))
    .find((statement) => statement.name?.text === name);
  if (!found) throw new Error(`there is no interface or class ${name}`);
  return { ...readDocstring(found), members: [...found.members].flatMap(readMember) };
}

function readMember(node: ts.Node): Member[] {
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return [];
  const name = node.name.getText();
  const docstring = readDocstring(node);
  if (docstring.paragraphs.length === 0) throw new Error(`${name} has no docstring`);
  return [{ ...docstring, name, type: node.type?.getText() ?? "", isOptional: node.questionToken !== undefined }];
}

function readDocstring(node: ts.Node): Docstring {
  const [docs] = ts.getJSDocCommentsAndTags(node);
  const fallback = readText(ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "default"));
  return { paragraphs: readText(docs).split("\n\n").map(oneLine).filter(Boolean), ...(fallback && { fallback }) };
}

const readText = (docs: ts.JSDoc | ts.JSDocTag | undefined): string => ts.getTextOfJSDocComment(docs?.comment) ?? "";

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
