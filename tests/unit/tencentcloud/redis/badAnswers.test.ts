import { once } from "node:events";
import type { ServerResponse } from "node:http";

import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { resetPassword } from "../../../../provider/tencentcloud/redis/resetPassword";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../../../support/credentials";
import { createSleepClock } from "../../support/clock";
import "../../support/errorsOfNode";
import { inspectError, catchError } from "../../support/failure";
import { type Respond, answer, loseAnswer, useHttpServer } from "../../support/httpServer";
import { standaloneClient } from "../../../support/standaloneClient";

const server = useHttpServer();

/** Resets with a real client. The service returns these responses to each action in turn, the last one forever. */
function reset(responses: Record<string, Respond[]>) {
  server.respond = (response, request) => {
    const turns = responses[String(request.headers["x-tc-action"])] ?? [];
    (turns.length > 1 ? turns.shift() : turns[0])?.(response, request);
  };
  const credentials = credentialsWith({
    secretId: "AKIDexample",
    secretKey: "theS3CRETkey",
    token: "theS3CRETtoken",
  });
  const clock = createSleepClock();
  const client = standaloneClient({
    clock,
    endpoint: server.url,
    region: "ap-guangzhou",
    credentials: () => Promise.resolve(credentials),
  });
  return resetPassword(
    client,
    { instanceId: "crs-5a4py64p", password: new Secret("theS3CRETpassword") },
    deadlineIn(60, clock),
  );
}

const actions = () => server.received.map(({ headers }) => headers["x-tc-action"]);
const findBodies = (action: string) =>
  server.received.filter(({ headers }) => headers["x-tc-action"] === action).map(({ body }) => body);

const accepted = answer({ TaskId: 16657, RequestId: "r1" });
const none = answer({ TotalCount: 0, RequestId: "r1" });
const underWay = answer({ TotalCount: 1, RequestId: "r1" });

const page = "<html>\n<body>Sign in, theS3CRETpassword theS3CRETkey theS3CRETtoken</body>\n</html>";
const send =
  (status: number, body: string, headers: Record<string, string> = {}): Respond =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** The bytes of the last long response that were written to the socket. */
let sentBytes: Promise<number>;

/** Sends this many bytes, as fast as the client reads them. */
const stream =
  (status: number, bytes: number): Respond =>
  (response) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    sentBytes = pour(response, bytes);
  };

async function pour(response: ServerResponse, bytes: number): Promise<number> {
  const closed = once(response, "close");
  const block = Buffer.alloc(64 * 1024, " ");
  let sent = 0;
  for (; sent < bytes && !response.destroyed; sent += block.length) {
    if (!response.write(block)) await Promise.race([once(response, "drain"), closed]);
  }
  response.end();
  await closed;
  return sent;
}

const half: Respond = (response) => {
  response.writeHead(200, { "Content-Length": 1000 });
  response.write('{"Response":{"TaskId":16657,"Requ', () => response.destroy());
};
const halfOfChunks: Respond = (response) => {
  response.writeHead(200);
  response.write('{"Response":{"TaskId":16657,"Requ', () => response.destroy());
};

const notJson = /^the answer is not the JSON that the API documents \(HOST\)$/;
const brokeOff = /^the answer broke off: \w[\w ]* \(HOST\)$/;

it.each<[string, Respond, RegExp]>([
  ["an HTML page", send(200, page, { "Content-Type": "text/html" }), notJson],
  ["an HTML page with status 403", send(403, page, { "Content-Type": "text/html" }), notJson],
  ["an HTML page with the content type of JSON", send(200, page, { "Content-Type": "application/json" }), notJson],
  ["plain text", send(200, "OK"), notJson],
  ["JSON without an envelope", send(200, '{"TaskId":16657}'), notJson],
  ["a truncated response", half, brokeOff],
  ["a truncated chunked response", halfOfChunks, brokeOff],
  ["truncated JSON", send(200, '{"Response":{"TaskId":16657,"Requ'), notJson],
  ["a response of 100 MB", stream(200, 100 * 1024 * 1024), /^the answer broke off: it is larger than 10 MB \(HOST\)$/],
])("a reset is sent once, and the error is one line, after %s", async (_, respond, reason) => {
  const error = await catchError(() => reset({ ResetPassword: [respond, accepted], DescribeTaskList: [none] }));
  expect(error).toMatchObject({ name: "TransportError", outcome: "unusable" });
  const { message } = error as Error;
  expect(message).toMatch(/^ResetPassword got no usable answer: /);
  expect(message.split("usable answer: ")[1]?.replaceAll(server.url.host, "HOST")).toMatch(reason);
  expect(inspectError(error)).not.toContain("S3CRET");
  expect(actions()).toEqual(["ResetPassword"]);
});

it.each([
  ["a response of 100 MB at the size limit", 200, 10],
  ["an error page of 100 MB immediately", 502, 0],
])("the client stops reading %s", async (_, status, readMb) => {
  const respond = stream(status, 100 * 1024 * 1024);
  await catchError(() => reset({ ResetPassword: [respond], DescribeTaskList: [send(200, page)] }));
  // Data in network buffers comes on top.
  expect(await sentBytes).toBeLessThan((readMb + 15) * 1024 * 1024);
});

describe("a reset that may have been carried out", () => {
  it.each<[string, Respond]>([
    ["a connection that is closed without a response", loseAnswer],
    ["HTTP status 500", send(500, page)],
    ["HTTP status 502", send(502, page, { "Content-Type": "text/html" })],
    ["HTTP status 503", send(503, "")],
    ["HTTP status 504 with a valid response", send(504, '{"Response":{"TaskId":1,"RequestId":"r1"}}')],
  ])("is sent again only once no reset is running, after %s", async (_, respond) => {
    const end = reset({ ResetPassword: [respond, respond, accepted], DescribeTaskList: [underWay, none] });
    await expect(end).resolves.toMatchObject({ taskId: 16657, requestId: "r1" });
    expect(actions()).toEqual([
      "ResetPassword",
      ...Array<string>(3).fill("DescribeTaskList"),
      "ResetPassword",
      ...Array<string>(2).fill("DescribeTaskList"),
      "ResetPassword",
    ]);
    expect(new Set(findBodies("ResetPassword")).size).toBe(1);
  });

  it("is sent once, and fails with an error of one line, if the running resets cannot be read", async () => {
    const error = await catchError(() =>
      reset({ ResetPassword: [send(502, page), accepted], DescribeTaskList: [send(200, page)] }),
    );
    expect(error).toHaveProperty("message", `ResetPassword got no usable answer: HTTP status 502 (${server.url.host})`);
    expect(inspectError(error)).not.toContain("S3CRET");
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(1);
  });
});
