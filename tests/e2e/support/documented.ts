import type { CommandResult } from "../../../tools/command";
import { documentedLines } from "../../support/documentedLines";
import { shown } from "./fixture";

/** Expects the lines that docs/troubleshooting.md shows below a heading. */
export function expectDocumented(result: CommandResult, heading: string): void {
  for (const line of documentedLines(heading)) expect(shown(result)).toMatch(line);
}
