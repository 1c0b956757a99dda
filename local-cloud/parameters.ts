import { CloudError } from "./cloudError";

/** What an action takes: each parameter's type, and whether it may be left out. */
export type ParameterRules = Readonly<
  Record<string, { readonly type: "string" | "integer" | "boolean"; readonly required?: true }>
>;

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * The parameters in a request's body, checked as the service does: any that it does not know is an error.
 *
 * @throws CloudError
 */
export function parseParameters(body: string, rules: ParameterRules): Parameters {
  const parameters = parseObject(body);
  for (const [name, value] of Object.entries(parameters)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new CloudError("UnknownParameter", `The parameter \`${name}\` is not recognized.`);
    if (!hasType(value, rule.type))
      throw new CloudError("InvalidParameter", `The type of \`${name}\` must be ${rule.type}.`);
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.required && !Object.hasOwn(parameters, name)) {
      throw new CloudError("MissingParameter", `The request is missing a required parameter \`${name}\`.`);
    }
  }
  return parameters;
}

function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body || "{}");
  } catch {
    throw new CloudError("InvalidRequest", "The request body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CloudError("InvalidRequest", "The request body is not a JSON object.");
  }
  return value as Record<string, unknown>;
}

function hasType(value: unknown, type: "string" | "integer" | "boolean"): boolean {
  return type === "integer" ? Number.isSafeInteger(value) : typeof value === type;
}
