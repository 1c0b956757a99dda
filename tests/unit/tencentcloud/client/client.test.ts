import type { CredentialsProvider } from "../../../../provider/tencentcloud/credentials";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import type { Credentials } from "../../../../provider/tencentcloud/transport/signature";
import { credentialsWith } from "../../../support/credentials";
import { succeed, useClientCalls } from "../../support/clientCalls";

const { server, play } = useClientCalls();

it("a call has the documented version of the API", async () => {
  await play([succeed]).end;
  expect(server.received[0]?.headers).toMatchObject({
    "x-tc-action": "DescribeInstances",
    "x-tc-version": "2018-04-12",
    authorization: expect.stringMatching(/\/redis\/tc3_request,/) as unknown,
  });
});

it("the provider of credentials gets the deadline, and its failures are reported", async () => {
  const failure = new Error("STS is away");
  const credentials = jest.fn<Promise<Credentials>, Parameters<CredentialsProvider>>((_, onRetry) => {
    onRetry?.(failure);
    return Promise.resolve(credentialsWith({ secretId: "AKIDexample", secretKey: "k" }));
  });
  const deadline = deadlineIn(60, systemClock);
  const { end, told } = play([succeed], { deadline }, { credentials });
  await end;
  expect(credentials.mock.calls.map(([until]) => until)).toEqual([deadline]);
  expect(told).toEqual([failure]);
});

it("an attempt times out after 30 s, or at the deadline if that is earlier", async () => {
  const transport = jest.fn(createHttpTransport(() => undefined));
  await play([succeed], {}, { transport }, 600).end;
  await play([succeed], {}, { transport }, 7.5).end;
  expect(transport.mock.calls.map(([, { timeoutMs }]) => timeoutMs)).toEqual([30_000, 7500]);
});
