import type { ForeignChange, Step } from "./steps";

/** Returns a short description of a step. */
export function wordsFor(step: Step): string {
  switch (step.do) {
    case "edit":
      return `edit ${JSON.stringify(step.change)}`;
    case "command": {
      const { command, faults, killAt, cancelAt, meanwhile, timeoutSeconds, hasCustomTimeouts, unknown = [] } = step;
      const timeName = hasCustomTimeouts ? "customTimeouts" : "timeoutSeconds";
      const timeout = timeoutSeconds === 60 ? "" : `, ${timeName} ${timeoutSeconds}`;
      const unknowns = unknown.length === 0 ? "" : `, with unknown ${unknown.join(" and ")}`;
      const other = meanwhile
        ? `, meanwhile at moment ${meanwhile.at} somebody else: ${wordsForChange(meanwhile)} in ${meanwhile.seconds} s`
        : "";
      const cancellation = cancelAt === undefined ? "" : `, canceled at moment ${cancelAt}`;
      const death = killAt === undefined ? "" : `, killed at moment ${killAt}`;
      return `${command}${timeout}${unknowns}${faults.length > 0 ? `, with ${faults.join(" and ")}` : ""}${other}${cancellation}${death}`;
    }
    case "restore":
      return `restore the checkpoint of ${step.back + 1} commands ago`;
    case "somebody else":
      return `somebody else: ${wordsForChange(step)} of instance ${step.instance}, in ${step.seconds} s`;
    case "pass":
      return `${step.seconds} s pass`;
    default:
      return step.do;
  }
}

const wordsForChange = ({ change, account = 0 }: ForeignChange): string =>
  change === "account" || change === "rights" ? `${change} ${account}` : change;
