import type { CommandResult } from "../../../tools/command";
import { shown } from "./fixture";

/** Inputs that no program should have, in any language, and what is said of them. */
export const illFormed = {
  instanceId: "cdb-1",
  password: "nureineklasse",
  region: "Guangzhou",
  reasons: [
    "instanceId: must be the id of an instance such as crs-5a4py64p",
    "password: must mix at least two of lower case, upper case, digits and ()~!@#$%^&*-+=_|{}[]:;<>,.?/",
    "region: must be a region such as ap-guangzhou",
  ],
} as const;

/** Returns each reason for which a run has refused the inputs, once. */
export function findProblems(result: CommandResult): string[] {
  const problems = [...shown(result).matchAll(/resource 'cache' has a problem: (.*)/g)].map(
    ([, reason = ""]) => reason,
  );
  return [...new Set(problems)].sort();
}
