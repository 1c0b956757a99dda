import { CloudError } from "./cloudError";
import type { ParameterRules, Parameters } from "./parameters";

/** The parameters of an action that returns a list in pages. */
export const pageParameters = {
  Limit: { type: "integer" },
  Offset: { type: "integer" },
} as const satisfies ParameterRules;

/**
 * Returns the requested part of a list, at most `greatest` items.
 *
 * @throws CloudError
 */
export function takePage<Item>(items: readonly Item[], parameters: Parameters, greatest: number): readonly Item[] {
  const { Limit = 20, Offset = 0 } = parameters as { Limit?: number; Offset?: number };
  if (Limit < 1) throw new CloudError("InvalidParameterValue", "Limit must be 1 or more.");
  if (Offset < 0 || Offset % Limit !== 0) {
    throw new CloudError("InvalidParameterValue", "Offset must be 0 or a multiple of Limit.");
  }
  return items.slice(Offset, Offset + Math.min(Limit, greatest));
}
