import { cpus, release, totalmem, type } from "node:os";

/** What something was measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
}

export const describeMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${type()} ${release()}`,
});
