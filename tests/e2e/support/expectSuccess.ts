import type { CommandResult } from "../../../tools/command";
import { shown } from "./fixture";

/** Expects that a command has succeeded: otherwise the failure shows its whole output. */
export function expectSuccess(result: CommandResult): void {
  expect({ code: result.code, shown: result.code === 0 ? "" : shown(result) }).toEqual({ code: 0, shown: "" });
}
