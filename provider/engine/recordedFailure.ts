import type { PartialFailure } from "../resource/partialFailure";
import { formatId } from "../resource/instanceIdentity";

/** A failure as Pulumi knows it: it records `properties` as outputs, shows `reasons`, and calls update at the next `up`. */
export class RecordedFailure extends Error {
  override readonly name = "PartialFailure";
  readonly id: string;
  readonly properties: object;
  readonly reasons: readonly string[];

  /** @param provider the text of the stub, which Pulumi does not add to the outputs of a failure */
  constructor({ message, state }: PartialFailure, provider: string) {
    super(message);
    this.id = formatId(state);
    this.properties = { ...state, __provider: provider };
    this.reasons = [message];
  }
}
