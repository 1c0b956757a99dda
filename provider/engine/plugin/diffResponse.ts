import type { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

import type { Difference, PropertyChange } from "./methods";
import type { Pulumi } from "./pulumi";

/** Translates the result of a diff: all differences, and those that replace the resource. */
export function toDiffResponse(pulumi: Pulumi, difference: Difference): DiffResponse {
  const { DiffResponse, PropertyDiff } = pulumi.messages;
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const response = new DiffResponse().setChanges(difference.size === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  for (const [path, change] of difference) {
    const entry = new PropertyDiff().setKind(toKind(pulumi, change)).setInputdiff(change.isInput);
    response.getDetaileddiffMap().set(path, entry);
    if (change.isReplacement) response.addReplaces(path);
  }
  // A map such as the triggers is named as a whole.
  const inputs = new Set([...difference.keys()].map((path) => path.replace(/\[.*/s, "")));
  return response.setDiffsList([...inputs]);
}

function toKind({ messages }: Pulumi, { kind, isReplacement }: PropertyChange): PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  switch (kind) {
    case "add":
      return isReplacement ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return isReplacement ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return isReplacement ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}
