import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { resetPassword } from "../../../../provider/tencentcloud/redis/resetPassword";
import { retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";
import { clockWith } from "../../support/clock";
import { type Outcome, answeredAtMs, scriptedClient } from "../../support/scriptedClient";

const request = { instanceId: "crs-5a4py64p", password: new Secret("zy456987") };

describe("a reset that may have been carried out", () => {
  const lost = new TransportError("ResetPassword", "lost", "timed out");
  const underWay = { TotalCount: 1 };
  const none = { TotalCount: 0 };
  const accepted = { TaskId: 16657 };

  /** Resets on a clock that only waiting advances. */
  function reset(outcomes: Outcome[], timeoutSeconds = 600) {
    let nowMs = 0;
    const delays: number[] = [];
    const clock = clockWith({
      elapsedMs: () => nowMs,
      sleep: (delayMs) => {
        delays.push(delayMs);
        nowMs += delayMs;
        return Promise.resolve();
      },
    });
    const { client, calls } = scriptedClient(...outcomes);
    const end = resetPassword(client, request, deadlineIn(timeoutSeconds, clock));
    return { end, calls, delays, actions: () => calls.map(({ action }) => action) };
  }

  it.each<[string, Error]>([
    ["its response was lost", lost],
    ["the service returned an internal error", new ApiError("ResetPassword", "InternalError", "r1", "No.")],
    [
      "the service returned a database error",
      new ApiError("ResetPassword", "InternalError.DbOperationFailed", "r1", "No."),
    ],
    ["the service was unavailable", new ApiError("ResetPassword", "ServiceUnavailable", "r1", "No.")],
    ["the service returned an unknown error", new ApiError("ResetPassword", "FailedOperation.Unknown", "r1", "No.")],
    ["the service returned a system error", new ApiError("ResetPassword", "FailedOperation.SystemError", "r1", "No.")],
  ])("is sent again unchanged once no reset is running if %s", async (_, error) => {
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    const { end, calls, delays } = reset([error, underWay, underWay, none, none, accepted]);
    await expect(end).resolves.toEqual({ taskId: 16657, requestId: "r1", acceptedAtMs: answeredAtMs, lost: error });
    const question = {
      action: "DescribeTaskList",
      parameters: { InstanceId: "crs-5a4py64p", TaskTypes: ["007", "035", "037"], Result: [0, 1], Limit: 1 },
    };
    const count = {
      action: "DescribeTaskList",
      parameters: { InstanceId: "crs-5a4py64p", TaskTypes: ["007"], Limit: 1 },
    };
    const [first, ...others] = calls;
    expect(others).toMatchObject([question, question, question, count, { action: "ResetPassword" }]);
    expect(others.at(-1)).toEqual(first);
    expect(delays).toEqual([retryDelayMs(0, 0.5), 1000, 1000, 1000]);
    jest.restoreAllMocks();
  });

  it("is sent again after each lost response, as long as the service knows of no further reset", async () => {
    const seven = { TotalCount: 7 };
    const six = { TotalCount: 6 };
    const { end, actions } = reset([lost, none, seven, lost, none, seven, lost, none, six, accepted]);
    await end;
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(4);
  });

  it("is sent at most twice if the service knows of a further reset each time", async () => {
    const { end, actions } = reset([lost, none, { TotalCount: 7 }, lost, none, { TotalCount: 8 }, accepted]);
    await expect(end).rejects.toBe(lost);
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(2);
  });

  it.each<[string, Error]>([
    ["the service refuses it", new ApiError("ResetPassword", "InvalidParameterValue.PasswordRuleError", "r1", "No.")],
    ["it is throttled until the deadline", new ApiError("ResetPassword", "RequestLimitExceeded", "r1", "No.")],
    ["it was never sent", new TransportError("ResetPassword", "unreachable", "connect ECONNREFUSED")],
    ["its response is unusable", new TransportError("ResetPassword", "unusable", "the answer broke off")],
  ])("is not sent again if %s", async (_, error) => {
    const { end, actions } = reset([error, none, none, accepted]);
    await expect(end).rejects.toBe(error);
    expect(actions()).toEqual(["ResetPassword"]);
  });

  it("waits longer after each loss", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    const { end, delays } = reset([lost, none, none, lost, none, none, lost, none, none, accepted]);
    await end;
    expect(delays).toEqual([0, 1, 2].flatMap((losses) => [retryDelayMs(losses, 0.5), 1000]));
    jest.restoreAllMocks();
  });

  it.each<[string, Outcome]>([
    ["no response arrives", new TransportError("DescribeTaskList", "lost", "timed out")],
    ["the response has no count", {}],
    ["the count is not a number", { TotalCount: "0" }],
  ])(
    "is sent again only after a usable count of running resets, which is requested again if %s",
    async (_, outcome) => {
      const { end, actions } = reset([lost, outcome, none, outcome, none, none, accepted]);
      await end;
      expect(actions()).toEqual(["ResetPassword", ...Array<string>(5).fill("DescribeTaskList"), "ResetPassword"]);
    },
  );

  const locked = new ApiError("ResetPassword", "ResourceInUse.InstanceBeenLocked", "r2", "Locked.");
  it.each<[string, Outcome[], RegExp]>([
    [
      "the count of running resets is refused",
      [new ApiError("DescribeTaskList", "UnauthorizedOperation", "r2", "No.")],
      /^ResetPassword got no usable answer: timed out; then DescribeTaskList failed: No\. \(\S+, request \S+\)$/,
    ],
    ["the next attempt is refused", [none, none, locked], /timed out; then ResetPassword failed: Locked\./],
    [
      "the next attempt was never sent",
      [none, none, new TransportError("ResetPassword", "unreachable", "connect ECONNREFUSED")],
      /timed out; then ResetPassword was not sent: connect ECONNREFUSED$/,
    ],
  ])("still counts as lost if %s", async (_, outcomes, message) => {
    const { end } = reset([lost, ...outcomes]);
    await expect(end).rejects.toMatchObject({
      name: "TransportError",
      outcome: "lost",
      message: expect.stringMatching(message) as string,
    });
  });

  it("fails with its own reason if a reset is running until the deadline", async () => {
    const { end, actions } = reset([lost, underWay], 10);
    await expect(end).rejects.toBe(lost);
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(1);
  });

  it("fails if there is no time to find out", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0);
    const { end, actions } = reset([lost, none, accepted], 1);
    await expect(end).rejects.toBe(lost);
    expect(actions()).toEqual(["ResetPassword"]);
    jest.restoreAllMocks();
  });
});
