import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

import type { Fault, FaultKind } from "../faults/parseFault";
import { type ApiRequest, commonParameter, parseRequest } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { messageIn } from "../protocol/messages";
import { type CallResult, type Cloud, admit } from "./admit";

/** A request as it is logged: nothing of it that could be a secret. */
export interface RequestRecord {
  /** ISO 8601, UTC, by the clock of the cloud. */
  readonly time: string;
  /** The action's name, or the path of a request to the metadata service. */
  readonly action: string | null;
  /** The error's code, or the HTTP status where it is another than 200; null for a success, or no answer. */
  readonly code: string | null;
  /** As in the answer. */
  readonly requestId: string;
  /** The task that the request has started, also where a fault keeps it out of the answer; or null. */
  readonly taskId: number | null;
  /** The kind of the fault that applied, or null. */
  readonly fault: FaultKind | null;
}

/** How the API has answered a request. What the client gets of it is up to {@link deliveryOf}. */
export interface ApiAnswer {
  readonly record: RequestRecord;
  /** The body of the answer. */
  readonly answer: string;
  readonly fault: Fault | undefined;
}

/** Carries out one request, with the fault that there is for it. Needs no socket. */
export function answerApi(
  cloud: Cloud,
  message: Pick<IncomingMessage, "method" | "url" | "headers">,
  body: Buffer,
): ApiAnswer {
  const requestId = randomUUID();
  const { action, code, answer, taskId = null, fault } = outcomeOf(cloud, message, body);
  return {
    record: { time: cloud.clock.now().toISOString(), action, code, requestId, taskId, fault: fault?.kind ?? null },
    answer: JSON.stringify({ Response: { ...answer, RequestId: requestId } }),
    fault,
  };
}

interface Outcome extends CallResult {
  readonly action: string | null;
  readonly code: string | null;
  readonly fault: Fault | undefined;
}

function outcomeOf(cloud: Cloud, message: Pick<IncomingMessage, "method" | "url" | "headers">, body: Buffer): Outcome {
  let request: ApiRequest | undefined;
  let fault: Fault | undefined;
  try {
    request = parseRequest(message, body);
    const action = actionOf(request);
    fault = cloud.faults.take(action, "on arrival");
    if (fault) return { action, code: fault.kind === "http" ? String(fault.status) : null, answer: {}, fault };
    const call = admit(request, cloud);
    fault = cloud.faults.take(action, "when admitted");
    return { action, code: null, ...call(fault), fault };
  } catch (error) {
    const refusal =
      error instanceof CloudError ? error : new CloudError("InternalError", "An internal error occurred.");
    const { code } = refusal;
    const language = request && commonParameter(request, "Language");
    const answer = { Error: { Code: code, Message: messageIn(language, refusal) } };
    return { action: request ? actionOf(request) : null, code, answer, fault };
  }
}

const actionOf = (request: ApiRequest): string | null => commonParameter(request, "Action") ?? null;
