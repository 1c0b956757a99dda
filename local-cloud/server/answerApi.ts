import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

import type { Fault } from "../faults/fault";
import { type ApiRequest, commonParameter, parseRequest } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { localizeMessage } from "../protocol/messages";
import { admit } from "./admit";
import type { CallResult } from "./callAction";
import type { Cloud } from "./cloud";
import type { RequestRecord } from "./requestRecord";

/** The API's response to a request. {@link prepareDelivery} returns what the client gets of it. */
export interface ApiAnswer {
  readonly record: RequestRecord;
  /** The body of the response. */
  readonly answer: string;
  readonly fault: Fault | undefined;
}

/** Processes one request, with the fault that applies to it. Needs no socket. */
export function answerApi(cloud: Cloud, message: Message, body: Buffer): ApiAnswer {
  const requestId = randomUUID();
  const { action, code, answer, taskId = null, fault } = carryOut(cloud, message, body);
  return {
    record: { time: cloud.clock.now().toISOString(), action, code, requestId, taskId, fault: fault?.kind ?? null },
    answer: JSON.stringify({ Response: { ...answer, RequestId: requestId } }),
    fault,
  };
}

type Message = Pick<IncomingMessage, "method" | "url" | "headers">;

interface Outcome extends CallResult {
  readonly action: string | null;
  readonly code: string | null;
  readonly fault: Fault | undefined;
}

function carryOut(cloud: Cloud, message: Message, body: Buffer): Outcome {
  let request: ApiRequest | undefined;
  let action: string | null = null;
  let fault: Fault | undefined;
  try {
    request = parseRequest(message, body);
    action = commonParameter(request, "Action") ?? null;
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
    const answer = { Error: { Code: code, Message: localizeMessage(language, refusal) } };
    return { action, code, answer, fault };
  }
}
