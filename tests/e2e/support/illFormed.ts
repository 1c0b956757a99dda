import type { CommandResult } from "../../../tools/command";
import { shown } from "./fixture";

/** Inputs that are invalid in every language, and the problems that are reported. */
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

/** Returns the distinct problems for which a run has rejected the inputs. */
export function findProblems(result: CommandResult): string[] {
  const problems = [...shown(result).matchAll(/resource 'cache' has a problem: (.*)/g)].map(
    ([, reason = ""]) => reason,
  );
  return [...new Set(problems)].sort();
}
