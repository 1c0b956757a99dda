import { gzipSync } from "node:zlib";

import type { TransportError } from "../../../provider/tencentcloud/errors/errors";
import { type Respond, answer, loseAnswer, respondWith } from "./httpServer";

/** Sends text that is not valid HTTP, and closes the connection. */
const raw =
  (text: string): Respond =>
  (response) =>
    response.socket?.end(text);

/** The causes of an unusable response, the outcome of the call, and the reason that is shown. */
export const unusableAnswers: [string, Respond, TransportError["outcome"], string][] = [
  ["HTTP status 500", respondWith(500, {}, "an internal error"), "lost", "HTTP status 500 (HOST)"],
  [
    "HTTP status 500 with a valid response",
    respondWith(500, {}, '{"Response":{"RequestId":"x"}}'),
    "lost",
    "HTTP status 500 (HOST)",
  ],
  ["a redirect", respondWith(307, { Location: "/elsewhere" }), "unusable", "unexpected redirect (HOST)"],
  [
    "an HTML page",
    respondWith(200, {}, "<html>Sign in</html>"),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["an empty body", respondWith(200), "unusable", "the answer is not the JSON that the API documents (HOST)"],
  [
    "JSON without an envelope",
    respondWith(200, {}, '{"TaskId":1}'),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  [
    "JSON that is null",
    respondWith(200, {}, "null"),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  [
    "an envelope without a RequestId",
    answer({ TaskId: 1 }),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["a connection that breaks", loseAnswer, "lost", "other side closed (HOST)"],
  [
    "HTTP status 407, which is for proxies only",
    respondWith(407),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  [
    "an unrequested gzip encoding",
    (response) =>
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync('{"Response":{"RequestId":"x"}}')),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  // The error of the HTTP parser has no code here, unlike those for other invalid HTTP.
  [
    "a superfluous space",
    raw("HTTP/1.1 200 OK\r\n A: b\r\n\r\n"),
    "lost",
    "Response does not match the HTTP/1.1 protocol (Unexpected space after start line) (HOST)",
  ],
];
