import { STATUS_CODES } from "node:http";

import type { ApiAnswer } from "./answerApi";

/** An HTTP response, and its delay after the request. */
export interface Delivery {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly delayMs: number;
}

/**
 * Returns what the client gets: the response, changed by its fault if it has one; undefined for a closed connection.
 */
export function prepareDelivery({ answer, fault }: Pick<ApiAnswer, "answer" | "fault">): Delivery | undefined {
  // Exactly this content type: with a charset, some of the vendor's clients take an error for a success.
  const whole: Delivery = { status: 200, contentType: "application/json", body: answer, delayMs: 0 };
  switch (fault?.kind) {
    case "refuse":
    case "drop-response":
      return undefined;
    case "delay":
      return { ...whole, delayMs: fault.seconds * 1000 };
    case "garbage":
      return { ...whole, body: answer.slice(0, answer.length / 2) };
    case "http":
      return { ...whole, status: fault.status, contentType: "text/html", body: gatewayPage(fault.status) };
    default:
      return whole;
  }
}

function gatewayPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
