import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { resetPassword } from "../../../../provider/tencentcloud/redis/resetPassword";
import { type Outcome, answeredAtMs, scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);
const request = { instanceId: "crs-5a4py64p", password: new Secret("zy456987") };

describe("a reset", () => {
  it("sends the instance and the password, and nothing else", async () => {
    const { client, calls } = scriptedClient({ TaskId: 16657 });
    await expect(resetPassword(client, request, deadline)).resolves.toEqual({
      taskId: 16657,
      requestId: "r1",
      acceptedAtMs: answeredAtMs,
    });
    expect(calls).toEqual([
      {
        action: "ResetPassword",
        parameters: { InstanceId: "crs-5a4py64p", Password: expect.any(Secret) as unknown },
        deadline,
        repeatable: false,
        beforeRetry: expect.any(Function) as unknown,
      },
    ]);
    // Jest considers any two secrets equal.
    expect(Object.values(calls[0]?.parameters ?? {})[1]).toBe(request.password);
  });

  it.each([
    [{}],
    [{ TaskId: "5" }],
    [{ TaskId: 1.5 }],
    [{ TaskId: null }],
    [{ TaskId: 0 }],
    [{ TaskId: -1 }],
    [{ TaskId: 2 ** 53 }],
  ])("is accepted without a task if the response has no valid one, and is not sent again: %j", async (content) => {
    const { client, calls } = scriptedClient(content);
    await expect(resetPassword(client, request, deadline)).resolves.toStrictEqual({
      requestId: "r1",
      acceptedAtMs: answeredAtMs,
    });
    expect(calls).toHaveLength(1);
  });
});

describe("a reset that is refused for the instance's state", () => {
  const refusal = (code: string) => new ApiError("ResetPassword", code, "r2", "No.");

  /** Resets with a client that is refused with each code in turn, and returns these instances meanwhile. */
  async function reset(codes: string[], instances: Outcome) {
    const actions: string[] = [];
    const client: Client = async ({ action, beforeRetry, patienceMs }) => {
      actions.push(action);
      if (action === "DescribeInstances") {
        expect(patienceMs).toBe(5000);
        if (instances instanceof Error) throw instances;
        return { RequestId: "r1", answeredAtMs, ...instances };
      }
      for (const code of codes) await beforeRetry?.(refusal(code));
      return { RequestId: "r1", answeredAtMs, TaskId: 16657 };
    };
    const end = await resetPassword(client, request, deadline).catch((error: unknown) => error);
    return { end, actions };
  }

  const withStatus = (Status: unknown) => ({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] });

  it.each([
    [
      "ResourceUnavailable.InstanceStatusAbnormal",
      -2,
      "isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
    [
      "ResourceUnavailable.InstanceIsolated",
      -2,
      "isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
    ["ResourceInUse.InstanceBeenLocked", -3, "to be deleted. Remove the resource from the program."],
  ])("ends immediately if the state is permanent: %s with status %d", async (code, status, words) => {
    const { end } = await reset([code], withStatus(status));
    const [condition, advice] = words.split(". ");
    expect(end).toMatchObject({
      name: "InstanceError",
      message: `ResetPassword failed: the instance crs-5a4py64p is ${condition} (${code}, request r2). ${advice}`,
    });
  });

  it.each<[string, Outcome]>([
    ["is in process", withStatus(1)],
    ["is running", withStatus(2)],
    ["is to be initialized", withStatus(0)],
    ["has an undocumented status", withStatus("-2")],
    ["is not found", { InstanceSet: [] }],
    [
      "cannot be read for lack of a permission",
      new ApiError("DescribeInstances", "UnauthorizedOperation", "r2", "No."),
    ],
    ["cannot be read", new TransportError("DescribeInstances", "lost", "timed out")],
  ])("is retried, and the status is read only once, if the instance %s", async (_, instances) => {
    const { end, actions } = await reset(
      Array<string>(3).fill("ResourceUnavailable.InstanceStatusAbnormal"),
      instances,
    );
    expect(end).toMatchObject({ taskId: 16657 });
    expect(actions).toEqual(["ResetPassword", "DescribeInstances"]);
  });

  it.each(["RequestLimitExceeded", "ResourceNotFound.InstanceNotExists", "ResourcesInUse"])(
    "does not include a reset refused with %s",
    async (code) => {
      expect((await reset([code], withStatus(-2))).actions).toEqual(["ResetPassword"]);
    },
  );
});
