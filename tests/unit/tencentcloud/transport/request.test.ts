import { credentialsWith } from "../../../support/credentials";
import { key, requestId, useApiRequests } from "../../support/apiRequests";
import { now, stopCalendar } from "../../support/clock";
import { answer } from "../../support/httpServer";

stopCalendar();

const { server, send } = useApiRequests();

describe("a call that succeeds", () => {
  beforeEach(() => {
    server.respond = answer({ TaskId: 16657, RequestId: requestId });
  });

  it.each(["", "two words", "\u001b[2J", "x".repeat(65), "the8token"])(
    `returns the request id "unknown" if the service's is not valid: %j`,
    async (odd) => {
      server.respond = answer({ RequestId: odd === "the8token" ? "theToken" : odd });
      await expect(send()).resolves.toMatchObject({ RequestId: "unknown" });
    },
  );

  it("returns the content of the envelope", async () => {
    await expect(send()).resolves.toEqual({ TaskId: 16657, RequestId: requestId, answeredAtMs: Date.parse(now) });
  });

  it("returns the time of the response by the service's clock", async () => {
    const succeed = server.respond;
    server.respond = (response, request) => {
      response.setHeader("Date", "Fri, 02 Jan 2026 03:14:05 GMT");
      succeed(response, request);
    };
    await expect(send()).resolves.toHaveProperty("answeredAtMs", Date.parse("2026-01-02T03:14:05Z"));
  });

  it("returns the time of the response by this machine's clock if the service sends no date", async () => {
    const succeed = server.respond;
    server.respond = (response, request) => {
      response.sendDate = false;
      succeed(response, request);
    };
    await expect(send()).resolves.toHaveProperty("answeredAtMs", Date.parse(now));
  });

  it("is one POST of JSON, with the vendor's headers", async () => {
    await send();
    expect(server.received).toEqual([
      {
        method: "POST",
        path: "/",
        body: '{"InstanceId":"crs-5a4py64p","Password":"zy456987"}',
        headers: expect.objectContaining({
          host: server.url.host,
          "content-type": "application/json",
          "x-tc-action": "ResetPassword",
          "x-tc-version": "2018-04-12",
          "x-tc-region": "ap-guangzhou",
          "x-tc-timestamp": "1767323045",
          "x-tc-language": "en-US",
          "x-tc-requestclient": "pulumi-tencentcloud-redis",
          "x-tc-token": "theToken",
          authorization: expect.stringMatching(
            /^TC3-HMAC-SHA256 Credential=AKIDexample\/2026-01-02\/redis\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
          ) as unknown,
        }) as unknown,
      },
    ]);
  });

  it("sends no token if the API key has none", async () => {
    await send({ credentials: credentialsWith({ ...key, token: undefined }) });
    expect(server.received[0]?.headers).not.toHaveProperty("x-tc-token");
  });

  it("is sent unsigned without an API key, as one action of STS requires", async () => {
    await send({ credentials: undefined });
    expect(server.received[0]?.headers).toHaveProperty("authorization", "SKIP");
    expect(server.received[0]?.headers).not.toHaveProperty("x-tc-token");
  });

  it("is signed for its own service", async () => {
    await send({ service: "sts" });
    expect(server.received[0]?.headers.authorization).toContain("/2026-01-02/sts/tc3_request,");
  });
});
