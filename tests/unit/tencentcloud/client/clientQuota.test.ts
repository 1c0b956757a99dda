import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import type { CredentialsProvider } from "../../../../provider/tencentcloud/credentials";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { credentialsWith } from "../../../support/credentials";
import { refuse, reset, succeed, useClientCalls } from "../../support/clientCalls";
import { type Respond, loseAnswer } from "../../support/httpServer";

const { server, play, limiterClock } = useClientCalls();

afterEach(() => jest.restoreAllMocks());

it.each<[string, Respond[], number, number]>([
  ["records an accepted request", [succeed], 0, 1],
  ["records a throttled request", [refuse("RequestLimitExceeded"), succeed], 1, 1],
  ["ignores other refusals", [refuse("ResourceInUse.InstanceBeenLocked"), succeed], 0, 1],
  ["ignores lost responses", [loseAnswer, succeed], 0, 1],
])("the rate limiter %s", async (_, responses, refusals, acceptances) => {
  const refused = jest.spyOn(RateLimiter.prototype, "refused");
  const accepted = jest.spyOn(RateLimiter.prototype, "accepted");
  const start = limiterClock().elapsedMs();
  await play(responses).end;
  expect(accepted).toHaveBeenCalledTimes(acceptances);
  expect(refused).toHaveBeenCalledTimes(refusals);
  for (const [takenAt] of refused.mock.calls) expect(takenAt).toBeGreaterThanOrEqual(start);
});

describe("the quota of a session", () => {
  /** Returns these keys in turn, the last one forever, each as a renewal of the first. */
  function provideInTurn(...secretIds: string[]): CredentialsProvider {
    const [firstSecretId = ""] = secretIds;
    return () => {
      const secretId = (secretIds.length > 1 ? secretIds.shift() : secretIds[0]) as string;
      return Promise.resolve({ ...credentialsWith({ secretId, secretKey: "theSecretKey" }), firstSecretId });
    };
  }

  const twice = <T>(value: T): [T, T] => [value, value];

  /** Uses up the quota with resets of one provider, and then sends a reset of the other. */
  async function resetBy(one: CredentialsProvider, other: CredentialsProvider) {
    await play([succeed], reset, { credentials: one }).end;
    await Promise.all(Array.from({ length: 19 }, () => play([succeed], reset, { credentials: one }).end));
    await play([succeed], { ...reset, deadline: deadlineIn(0.5, limiterClock()) }, { credentials: other }).end;
  }

  it.each<[string, (id: string) => [CredentialsProvider, CredentialsProvider]]>([
    ["whose key is renewed", (id) => twice(provideInTurn(`${id}a`, `${id}b`))],
    ["whose key comes from two sources", (id) => [provideInTurn(id), provideInTurn(id)]],
  ])("is the same for an account %s", async (_, providers) => {
    const end = resetBy(...providers("AKIDexample"));
    await expect(end).rejects.toHaveProperty(
      "reason",
      "deadline exceeded while waiting for the client-side rate limit",
    );
    expect(server.received).toHaveLength(20);
  });

  it("is separate for another account", async () => {
    await resetBy(provideInTurn("AKIDexampleA"), provideInTurn("AKIDexampleB"));
    expect(server.received).toHaveLength(21);
  });
});

it("a call still waiting for the rate limit at the deadline is not sent", async () => {
  await Promise.all(Array.from({ length: 20 }, () => play([succeed], reset).end));
  const { end } = play([succeed], { ...reset, deadline: deadlineIn(0.5, limiterClock()) });
  await expect(end).rejects.toMatchObject({
    name: "TransportError",
    outcome: "unreachable",
    message: "ResetPassword was not sent: deadline exceeded while waiting for the client-side rate limit",
  });
  expect(server.received).toHaveLength(20);
});
