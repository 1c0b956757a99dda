import { hasName } from "../tencentcloud/errors/errors";

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

export const isPartialFailure = (error: unknown): error is PartialFailure => hasName(error, "PartialFailure");
