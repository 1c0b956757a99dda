import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";

import { type Call, type Sent, json } from "./requests";

/** Sends exactly these bytes, because `fetch` does not allow a Host header. */
export async function exchange(port: number, { method = "POST", path = "/", headers, body }: Sent) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers: { ...headers } }, (response) => {
      text(response).then(
        (received) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
        reject,
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

export type Answer = Record<string, unknown> & {
  readonly RequestId: string;
  readonly TaskId: number;
  readonly Error?: { readonly Code: string; readonly Message: string };
};

export async function send(port: number, sent: Sent): Promise<Answer> {
  const { status, headers, body } = await exchange(port, sent);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  return (JSON.parse(body) as { Response: Answer }).Response;
}

export const call = async (port: number, request: Call): Promise<Answer> => send(port, json(port, request));

/** Returns the response as text, or the error code of the connection if there is none. */
export async function outcome(port: number, sent: Sent): Promise<string> {
  try {
    const { status, headers, body } = await exchange(port, sent);
    return `${status} ${String(headers["content-type"])} ${body}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "failed";
  }
}
