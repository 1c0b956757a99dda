import { type ApiRequest, actionFields, missingParameter } from "./apiRequest";
import { CloudError } from "./cloudError";

/** The parameters of an action: the type of each, and whether it is required. */
export type ParameterRules = Readonly<Record<string, ParameterRule>>;

interface ParameterRule {
  readonly type: ParameterType;
  readonly required?: true;
  /** Whether JSON may contain it as a string, too. @default false */
  readonly mayBeText?: true;
}

type ParameterType =
  "string" | "integer" | "boolean" | { readonly listOf: ParameterType } | { readonly fields: ParameterRules };

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Parses and validates the parameters of a request like the service: an unknown parameter is an error.
 *
 * @throws CloudError
 */
export function parseParameters({ form, body }: Pick<ApiRequest, "form" | "body">, rules: ParameterRules): Parameters {
  return form
    ? readFields(buildTree(actionFields(form)), rules, "", fromText)
    : readFields(parseObject(body.toString("utf8")), rules, "", fromJson);
}

type Tree = Record<string, unknown>;

/** The encoding of values: typed in JSON, or strings only. */
interface Notation {
  scalar(value: unknown, type: "string" | "integer" | "boolean"): unknown;
  /** The elements of a list; undefined if it is not a list. */
  elements(value: unknown): readonly unknown[] | undefined;
}

const fromJson: Readonly<Notation> = {
  scalar: (value, type) => {
    const isOfType = type === "integer" ? Number.isSafeInteger(value) : typeof value === type;
    return isOfType ? value : undefined;
  },
  elements: (value) => (Array.isArray(value) ? (value as unknown[]) : undefined),
};

const fromText: Readonly<Notation> = {
  scalar: (value, type) => {
    if (typeof value !== "string" || type === "string") return typeof value === "string" ? value : undefined;
    if (type === "integer") return /^-?\d+$/.test(value) ? fromJson.scalar(Number(value), type) : undefined;
    // The vendor's Python client writes True and False.
    return new Map([
      ["true", true],
      ["false", false],
    ]).get(value.toLowerCase());
  },
  /** `TaskTypes.0=007&TaskTypes.1=035`: an object whose keys count from 0. */
  elements: (value) => {
    if (!isObject(value)) return undefined;
    const elements = Object.keys(value).map((_, index) => value[String(index)]);
    return elements.includes(undefined) ? undefined : elements;
  },
};

function readFields(tree: Tree, rules: ParameterRules, prefix: string, notation: Notation): Parameters {
  for (const name of Object.keys(tree)) {
    if (Object.hasOwn(rules, name)) continue;
    throw new CloudError("UnknownParameter", `The parameter \`${prefix}${name}\` is not recognized.`);
  }
  const present = Object.entries(rules).filter(([name, { required }]) => {
    if (required && !Object.hasOwn(tree, name)) throw missingParameter(prefix + name);
    return Object.hasOwn(tree, name);
  });
  return Object.fromEntries(
    present.map(([name, { type, mayBeText }]) => {
      const value = tree[name];
      const written = mayBeText && typeof value === "string" ? fromText : notation;
      return [name, read(value, type, prefix + name, written)];
    }),
  );
}

function read(value: unknown, type: ParameterType, name: string, notation: Notation): unknown {
  if (typeof type === "string") return notation.scalar(value, type) ?? wrongType(name, type);
  if ("fields" in type) {
    return isObject(value) ? readFields(value, type.fields, `${name}.`, notation) : wrongType(name, "object");
  }
  const elements = notation.elements(value) ?? wrongType(name, "list");
  return elements.map((element, index) => read(element, type.listOf, `${name}.${index}`, notation));
}

function wrongType(name: string, type: string): never {
  throw new CloudError("InvalidParameter", `The type of \`${name}\` must be ${type}.`);
}

/** Parses `A.B=1` as a nested object. */
function buildTree(fields: readonly (readonly [name: string, value: string])[]): Tree {
  const root = emptyTree();
  for (const [name, value] of fields) {
    const path = name.split(".");
    const leaf = path.pop() as string;
    let node = root;
    for (const part of path) {
      const next = (node[part] ??= emptyTree());
      if (!isObject(next)) throw givenTwice(name);
      node = next;
    }
    if (leaf in node) throw givenTwice(name);
    node[leaf] = value;
  }
  return root;
}

/** Returns an object without a prototype, because a field may have any name. */
const emptyTree = (): Tree => Object.create(null) as Tree;

const givenTwice = (name: string): CloudError =>
  new CloudError("InvalidParameter", `The parameter \`${name}\` is given twice.`);

function parseObject(body: string): Tree {
  let value: unknown;
  try {
    value = JSON.parse(body || "{}");
  } catch {
    throw new CloudError("InvalidRequest", "The request body is not valid JSON.");
  }
  if (!isObject(value)) throw new CloudError("InvalidRequest", "The request body is not a JSON object.");
  return value;
}

const isObject = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);
