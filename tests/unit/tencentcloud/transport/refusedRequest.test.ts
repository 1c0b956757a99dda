import { requestId, useApiRequests } from "../../support/apiRequests";
import { stopCalendar } from "../../support/clock";
import { answer } from "../../support/httpServer";

stopCalendar();

const { server, sendFailing } = useApiRequests();

describe("a call that the service refuses", () => {
  it("reports the service's message, its code, its request id, and what to do", async () => {
    server.respond = answer({
      Error: { Code: "ResourceUnavailable.InstanceLockedError", Message: "The instance\nis locked." },
      RequestId: requestId,
    });
    expect(await sendFailing()).toMatchObject({
      name: "ApiError",
      action: "ResetPassword",
      code: "ResourceUnavailable.InstanceLockedError",
      requestId,
      message:
        `ResetPassword failed: The instance is locked. (ResourceUnavailable.InstanceLockedError, request ${requestId})` +
        ". Wait for the instance to be running.",
    });
  });

  it.each([
    ["ahead of", "Fri, 02 Jan 2026 02:54:05 GMT"],
    ["behind", "Fri, 02 Jan 2026 03:14:05 GMT"],
  ])("reports how far this machine's clock is %s the service's", async (direction, date) => {
    server.respond = (response, request) => {
      response.setHeader("Date", date);
      const expired = { Code: "AuthFailure.SignatureExpire", Message: "Expired." };
      answer({ Error: expired, RequestId: requestId })(response, request);
    };
    expect(await sendFailing()).toHaveProperty(
      "message",
      `ResetPassword failed: Expired. (AuthFailure.SignatureExpire, request ${requestId}). ` +
        `Set this machine's clock: it is 10 min ${direction} the service's.`,
    );
  });

  it("reports that the clock is off even if the service sends no date", async () => {
    server.respond = (response, request) => {
      response.sendDate = false;
      const expired = { Code: "AuthFailure.SignatureExpire", Message: "Expired." };
      answer({ Error: expired, RequestId: requestId })(response, request);
    };
    expect(await sendFailing()).toHaveProperty(
      "message",
      expect.stringMatching(/it is more than 5 minutes away from the/),
    );
  });

  it.each([[{}], [{ Code: 5, Message: 5 }]])(
    "reports that there is neither a code nor a message: %j",
    async (error) => {
      server.respond = answer({ Error: error, RequestId: requestId });
      expect(await sendFailing()).toMatchObject({
        name: "ApiError",
        message: `ResetPassword failed: no message (no code, request ${requestId})`,
      });
    },
  );
});
