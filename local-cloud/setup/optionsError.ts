import type { LocalCloudOptions } from "./options";

/** What is wrong with one option. */
export interface OptionProblem {
  readonly option: keyof LocalCloudOptions;
  /** Where in the option: an index, or a field; empty for all of it. */
  readonly path: readonly string[];
  readonly reason: string;
}

/** Wrong options. Its message is one line that names each of them, and none of their values. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";

  constructor(readonly problems: readonly OptionProblem[]) {
    super(problems.map(({ option, path, reason }) => `${[option, ...path].join(".")}: ${reason}`).join("; "));
  }
}
