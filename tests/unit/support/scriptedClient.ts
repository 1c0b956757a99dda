import type { Call, Client } from "../../../provider/tencentcloud/client/client";

/** The outcome of a call: the content of a response, or an error. */
export type Outcome = object | Error;

/** The time of the service's responses, by its clock. */
export const answeredAtMs = 1_767_323_045_000;

/** Returns a client whose calls have these outcomes in turn, the last one forever. */
export function scriptedClient(...outcomes: Outcome[]) {
  const calls: Call[] = [];
  const client: Client = (call) => {
    const outcome = outcomes[Math.min(calls.length, outcomes.length - 1)];
    calls.push(call);
    if (outcome instanceof Error) return Promise.reject(outcome);
    return Promise.resolve({ RequestId: "r1", answeredAtMs, ...outcome });
  };
  return { client, calls };
}

/** The error for a response that lacks a field. */
export const missing = (action: string, field: string) => ({
  name: "TransportError",
  action,
  outcome: "unusable",
  reason: `the answer has no usable ${field}`,
});
