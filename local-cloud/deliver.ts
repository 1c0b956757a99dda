import { type ServerResponse, STATUS_CODES } from "node:http";

import type { Clock } from "./clock";
import type { Fault } from "./parseFault";

/** Sends the answer of the API, or what a fault makes of it. */
export function deliver(response: ServerResponse, answer: string, fault: Fault | undefined, clock: Clock): void {
  const send = (body: string, status = 200, contentType = "application/json"): void => {
    // The content type is exactly this: with a charset some of the vendor's clients take an error for a success.
    response.writeHead(status, { "Content-Type": contentType, Date: clock.now().toUTCString() });
    response.end(body);
  };
  switch (fault?.kind) {
    case "refuse":
    case "drop-response":
      response.destroy();
      return;
    case "delay":
      void sendLater(() => send(answer), fault.seconds, response, clock);
      return;
    case "garbage":
      send(answer.slice(0, answer.length / 2));
      return;
    case "http":
      send(gatewayPage(fault.status), fault.status, "text/html");
      return;
    default:
      send(answer);
  }
}

/** Sends nothing to a client that has gone, as all have when the cloud is stopped. */
async function sendLater(send: () => void, seconds: number, response: ServerResponse, clock: Clock): Promise<void> {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  try {
    await clock.sleep(seconds * 1000, closed.signal);
  } catch {
    return;
  }
  send();
}

function gatewayPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
