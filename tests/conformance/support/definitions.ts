import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** The definitions of an API in the vendor's command line tool: an `api.json` and its `examples.json`. */
export interface Definitions {
  readonly actions: Readonly<Record<string, { readonly input: string; readonly output: string }>>;
  readonly objects: Readonly<Record<string, { readonly members: readonly Member[] }>>;
  readonly examples: Readonly<Record<string, readonly Example[]>>;
}

/** A field of an object: a scalar, or a list of scalars or objects, or an object. */
export interface Member {
  readonly name: string;
  readonly type: "string" | "int" | "bool" | "float" | "list" | "object";
  /** The type of a list's elements, or the name of an object; for scalars only their precision. */
  readonly member: string;
  readonly required?: boolean;
}

export interface Example {
  readonly input: string;
  readonly output: string;
}

/** Reads the definitions of a service from the folder of an installed tccli. */
export function readDefinitions(environment: string, service: string, version: string): Definitions {
  const library = path.join(environment, "lib");
  const [python = ""] = readdirSync(library);
  const folder = path.join(library, python, "site-packages/tccli/services", service, `v${version.replaceAll("-", "")}`);
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), "utf8")) as unknown;
  const { actions, objects } = read("api.json") as Omit<Definitions, "examples">;
  return { actions, objects, examples: (read("examples.json") as { actions: Definitions["examples"] }).actions };
}

/** The request of an example: the body of a POST, or the query of a GET, whose values are all text. */
export interface ExampleRequest {
  readonly method: "POST" | "GET";
  readonly parameters: Readonly<Record<string, unknown>>;
}

export function parseExample({ input }: Example): ExampleRequest {
  if (input.startsWith("POST")) {
    const body = input.slice(input.indexOf("{"));
    return { method: "POST", parameters: JSON.parse(body) as Record<string, unknown> };
  }
  // Without the common parameters, for which there is a placeholder.
  const query = input
    .replace(/\s/g, "")
    .replace(/^[^?]*\?/, "")
    .replace(/&<[^>]*>/, "");
  const fields = new URLSearchParams(query);
  fields.delete("Action");
  return { method: "GET", parameters: Object.fromEntries(fields) };
}

/** Returns the differences between a value and its definition, each with its path; none if it matches. */
function faultsIn(value: unknown, { type, member }: Member, definitions: Definitions, at: string): string[] {
  if (type === "list") {
    if (!Array.isArray(value)) return [`${at} is no list`];
    const element = { name: "", ...readElement(member) };
    return value.flatMap((each, index) => faultsIn(each, element, definitions, `${at}.${index}`));
  }
  if (type === "object") return faultsInObject(value, member, definitions, at);
  return isScalar[type](value) ? [] : [`${at} is no ${member}`];
}

/**
 * Returns the differences between an object and its definition: fields that are missing, unknown or of another type.
 */
export function faultsInObject(value: unknown, name: string, definitions: Definitions, at: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no object`];
  const members = findMembers(definitions, name);
  const unknown = Object.keys(value).filter((field) => !members.some((member) => member.name === field));
  return [
    ...unknown.map((field) => `${at}.${field} is unknown`),
    ...members.flatMap((member) =>
      Object.hasOwn(value, member.name)
        ? faultsIn((value as Record<string, unknown>)[member.name], member, definitions, `${at}.${member.name}`)
        : [`${at}.${member.name} is missing`],
    ),
  ];
}

export function findMembers(definitions: Definitions, name: string): readonly Member[] {
  const object = definitions.objects[name];
  if (!object) throw new Error(`the definitions have no ${name}`);
  return object.members;
}

/** Returns the type of a list's elements, for which the definitions contain only the exact name. */
export function readElement(member: string): Pick<Member, "type" | "member"> {
  const types: Readonly<Record<string, Member["type"]>> = {
    string: "string",
    int64: "int",
    uint64: "int",
    bool: "bool",
  };
  return { type: types[member] ?? "object", member };
}

const isScalar = {
  string: (value: unknown) => typeof value === "string",
  int: (value: unknown) => Number.isSafeInteger(value),
  float: (value: unknown) => typeof value === "number",
  bool: (value: unknown) => typeof value === "boolean",
};
