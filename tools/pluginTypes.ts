import type { z } from "zod";

/** The rule of an input, as zod converts it to JSON Schema. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A type in Pulumi's schema. */
export type TypeSpec =
  | { readonly type: "string" | "number" | "integer" | "boolean" }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string }
  | { readonly oneOf: readonly TypeSpec[] };

/** Other fields of a property in Pulumi's schema. */
export interface PropertyFlags {
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
}

/** A property in Pulumi's schema. */
export type PropertySpec = TypeSpec & PropertyFlags & { readonly description: string };

/** @throws Error for a rule whose type needs a separate type in Pulumi's schema */
export function toType({ type, additionalProperties }: JsonSchema): TypeSpec {
  // Every optional input also accepts null.
  const [name, ...others] = [type].flat().filter((one) => one !== "null");
  if (others.length === 0) {
    if (name === "string" || name === "number" || name === "integer" || name === "boolean") return { type: name };
    if (name === "object" && typeof additionalProperties === "object") {
      return { type: name, additionalProperties: toType(additionalProperties) };
    }
  }
  throw new Error(`there is no type for ${JSON.stringify({ type, additionalProperties })}`);
}

/** Returns the type of a rule that lists the allowed values. */
export const enumType = ({ enum: values = [] }: JsonSchema): object => ({
  type: "string",
  enum: values.map((value) => ({ value })),
});
