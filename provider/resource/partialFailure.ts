/**
 * A reset has begun and not ended well: Pulumi records `properties` as the resource's outputs, shows `reasons`,
 * and calls update at the next `up`.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: object,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.reasons = [reason];
  }
}

/** By name: an error may come from another copy of this module, where `instanceof` fails. */
export const isPartialFailure = (error: unknown): error is PartialFailure =>
  error instanceof Error && error.name === "PartialFailure";
