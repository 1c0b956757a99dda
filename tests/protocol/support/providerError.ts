import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { type Properties, fromStruct } from "./struct";

/** With it, a failed call still records the resource: `properties` become its outputs. */
export interface InitFailure {
  readonly id: string;
  readonly properties: Properties;
  /** The reasons that Pulumi shows. */
  readonly reasons: readonly string[];
}

/** A failed call from the engine's point of view. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    message: string,
    readonly initFailure: InitFailure | undefined,
  ) {
    super(message);
  }

  static of(error: ServiceError): ProviderError {
    const [status] = error.metadata.get("grpc-status-details-bin");
    return new ProviderError(error.details, status instanceof Buffer ? initFailureIn(status) : undefined);
  }
}

/** Returns the error of a call that is expected to fail. */
export async function catchProviderError(call: Promise<unknown>): Promise<ProviderError> {
  const outcome = await call.then(
    () => new Error("the call has succeeded"),
    (reason: unknown) => reason,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw outcome;
}

/** Returns the init failure of a call that is expected to end with one. */
export async function catchInitFailure(call: Promise<unknown>): Promise<InitFailure> {
  const error = await catchProviderError(call);
  if (error.initFailure) return error.initFailure;
  throw error;
}

function initFailureIn(status: Buffer): InitFailure | undefined {
  const [detail] = Status.deserializeBinary(status).getDetailsList();
  if (detail?.getTypeName() !== "pulumirpc.ErrorResourceInitFailed") return undefined;
  const failed = ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return {
    id: failed.getId(),
    properties: fromStruct(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
}
