/** A mistake on the command line: the option, and what is wrong with it. Never holds the option's value. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(
    readonly option: string,
    reason: string,
  ) {
    super(`${option}: ${reason}`);
  }
}
