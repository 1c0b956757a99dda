import type { ParameterRules } from "../../../local-cloud/protocol/parameters";
import { type Definitions, type Member, readElement, findMembers } from "./definitions";

/** A parameter's rule, in a form that both sources can be converted to. */
interface Rule {
  readonly type: string;
  readonly required: boolean;
  readonly fields?: Readonly<Record<string, Rule>>;
}

/** The rules of the local cloud. */
export const rulesIn = (rules: ParameterRules): Record<string, Rule> =>
  Object.fromEntries(
    Object.entries(rules).map(([name, { type, required = false }]) => [name, { ...readRule(type), required }]),
  );

function readRule(type: ParameterRules[string]["type"]): Omit<Rule, "required"> {
  if (typeof type === "string") return { type };
  if ("fields" in type) return { type: "object", fields: rulesIn(type.fields) };
  const { type: element, ...rest } = readRule(type.listOf);
  return { type: `list of ${element}`, ...rest };
}

/** The rules of the vendor, for the object that an action takes. */
export const definedRules = (definitions: Definitions, name: string): Record<string, Rule> =>
  Object.fromEntries(
    findMembers(definitions, name).map((member) => [
      member.name,
      { ...definedRule(definitions, member), required: member.required === true },
    ]),
  );

function definedRule(
  definitions: Definitions,
  { type, member }: Pick<Member, "type" | "member">,
): Omit<Rule, "required"> {
  if (type === "object") return { type, fields: definedRules(definitions, member) };
  if (type === "list") {
    const { type: element, ...rest } = definedRule(definitions, readElement(member));
    return { type: `list of ${element}`, ...rest };
  }
  return { type: { string: "string", int: "integer", bool: "boolean", float: "float" }[type] };
}
