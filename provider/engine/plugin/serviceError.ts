import type { ServiceError } from "@grpc/grpc-js";

import { formatId } from "../../resource/contract/accountIdentity";
import { isPartialFailure } from "../../resource/operation/partialFailure";
import { markSecrets } from "../shared/marks";
import { standIn } from "../shared/standIn";
import type { Pulumi } from "./pulumi";
import { toStruct } from "./struct";

/** A failed call as gRPC reports it: one line, without a stack. */
type Failure = Pick<ServiceError, "code" | "details" | "metadata">;

/**
 * Translates an error of a method. After a partial failure, Pulumi records the state in the error, shows its message,
 * and calls update at the next `up`.
 */
export function toServiceError(pulumi: Pulumi, error: unknown): Failure {
  const { grpc, messages } = pulumi;
  const code = grpc.status.UNKNOWN;
  const details = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  const metadata = new grpc.Metadata();
  if (isPartialFailure(error)) {
    const failed = new messages.ErrorResourceInitFailed()
      .setId(formatId(error.state))
      .setProperties(toStruct(pulumi, markSecrets({ ...error.state, ...standIn })))
      .setReasonsList([details]);
    const detail = new pulumi.Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new pulumi.Status().setCode(code).setMessage(details).setDetailsList([detail]);
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return { code, details, metadata };
}
