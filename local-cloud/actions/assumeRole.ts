import { type Session, type Sts, openSession, sessionParameters } from "../auth/sts";
import { CloudError } from "../protocol/cloudError";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/1312/48197 */
export const assumeRole: Readonly<Action<Sts>> = {
  parameters: {
    ...sessionParameters,
    Policy: { type: "string" },
    ExternalId: { type: "string" },
    Tags: {
      type: {
        listOf: { fields: { Key: { type: "string", required: true }, Value: { type: "string", required: true } } },
      },
    },
    SourceIdentity: { type: "string" },
    SerialNumber: { type: "string" },
    TokenCode: { type: "string" },
  },
  quotaFactor: 30,
  run(sts, parameters, { caller }) {
    const { Policy, ExternalId } = parameters as { Policy?: string; ExternalId?: string };
    if (Policy) requirePolicy(Policy);
    if (ExternalId && !/^[\w+=,.@:/-]{2,128}$/.test(ExternalId)) {
      throw new CloudError("InvalidParameter.ParamError", "ExternalId must have 2 to 128 allowed characters.");
    }
    return openSession(sts, parameters as unknown as Session, caller.accountId);
  },
};

/** Requires a policy to be URL-encoded JSON. Its content is ignored. */
function requirePolicy(policy: string): void {
  try {
    JSON.parse(decodeURIComponent(policy));
  } catch {
    throw new CloudError("InvalidParameter.StrategyFormatError", "Policy must be URL-encoded JSON.");
  }
}
