import { useApiRequests } from "../../support/apiRequests";
import { closedUrl, loseAnswer, neverAnswer, respondWith } from "../../support/httpServer";
import { unusableAnswers } from "../../support/unusableAnswers";

const { server, sendFailing } = useApiRequests();

describe("a call without a usable response", () => {
  it.each(unusableAnswers)("is a transport error with a reason after %s", async (_, response, outcome, reason) => {
    server.respond = response;
    expect(await sendFailing()).toMatchObject({
      name: "TransportError",
      action: "ResetPassword",
      outcome,
      message: `ResetPassword got no usable answer: ${reason.replaceAll("HOST", server.url.host)}`,
    });
  });

  it("is a transport error at the timeout", async () => {
    server.respond = neverAnswer;
    expect(await sendFailing({ timeoutMs: 50 })).toMatchObject({
      name: "TransportError",
      outcome: "lost",
      isTimeout: true,
      message: `ResetPassword got no usable answer: timed out (${server.url.host})`,
    });
  });

  it("is a transport error if the timeout passes in the middle of the response", async () => {
    server.respond = (response) => response.writeHead(200, { "Content-Length": 1000 }).write('{"Response":');
    expect(await sendFailing({ timeoutMs: 300 })).toMatchObject({
      name: "TransportError",
      outcome: "unusable",
      isTimeout: false,
      message: `ResetPassword got no usable answer: the answer broke off: timed out (${server.url.host})`,
    });
  });

  it("is sent once only", async () => {
    server.respond = loseAnswer;
    await sendFailing();
    expect(server.received).toHaveLength(1);
  });

  it("is not repeated at the address of a redirect", async () => {
    server.respond = respondWith(307, { Location: new URL("/elsewhere", server.url).href });
    await sendFailing();
    expect(server.received).toHaveLength(1);
  });

  it("reports a refused connection at the endpoint", async () => {
    expect(await sendFailing({ endpoint: closedUrl })).toMatchObject({
      name: "TransportError",
      outcome: "unreachable",
      message: `ResetPassword was not sent: connect ECONNREFUSED ${closedUrl.host} (${closedUrl.host})`,
    });
  });
});
