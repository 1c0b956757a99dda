import type { PartialFailure } from "../resource/operation/partialFailure";
import { formatId } from "../resource/contract/accountIdentity";

/**
 * A failure in Pulumi's format: it records `properties` as outputs, shows `reasons`, and calls update at the next `up`.
 */
export class RecordedFailure extends Error {
  override readonly name = "RecordedFailure";
  readonly reasons: readonly string[];

  constructor(
    message: string,
    readonly id: string,
    readonly properties: object,
  ) {
    super(message);
    this.reasons = [message];
  }
}

/**
 * Translates a partial failure.
 *
 * @param __provider the text of the stub, which Pulumi does not add to the outputs of a failure
 */
export const recordFailure = ({ message, state }: PartialFailure, __provider: string): RecordedFailure =>
  new RecordedFailure(message, formatId(state), { ...state, __provider });
