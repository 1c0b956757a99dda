import type { CommandResult } from "../../../tools/command";
import { expectDocumentedLines } from "../../support/documentedLines";
import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { shown } from "./fixture";

/** Expects the lines that docs/troubleshooting.md shows below a heading. */
export function expectDocumented(result: CommandResult, heading: EngineTestHeading): void {
  expectDocumentedLines(shown(result), heading);
}
