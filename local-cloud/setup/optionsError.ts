import type { LocalCloudOptions } from "./options";

/** A problem with one option. */
export interface OptionProblem {
  readonly option: keyof LocalCloudOptions;
  /** The path inside the option: indexes or field names; empty for the whole option. */
  readonly path: readonly string[];
  readonly reason: string;
}

/** Invalid options. The message is one line with all of them, and none of their values. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";

  constructor(readonly problems: readonly OptionProblem[]) {
    super(problems.map(({ option, path, reason }) => `${[option, ...path].join(".")}: ${reason}`).join("; "));
  }
}
