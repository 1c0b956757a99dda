import { TransportError } from "../../../../../provider/tencentcloud/errors/errors";
import { handlersOn, listTasks, refusal } from "../../../support/fakeService";
import { catchError } from "../../../support/failure";
import { wasReset } from "../../../support/lines";
import { updatePassword } from "../../../support/updatePassword";

const done = { outs: { taskId: 100, status: "done" } };

describe("if other tasks cannot be read", () => {
  it.each([
    ["UnauthorizedOperation", 1],
    ["InvalidParameter.PermissionDenied", 1],
    // Not remembered, since it may be about this instance only.
    ["ResourceNotFound.InstanceNotExists", 2],
  ])("the reset continues, with one warning: %s", async (code, requests) => {
    const { outcome, lines, count } = await updatePassword({ DescribeTaskList: refusal(code, "No list.") });
    expect(outcome).toMatchObject(done);
    // The next refresh compares, if it may.
    expect(outcome).toHaveProperty("outs.unchecked", true);
    expect(lines).toEqual([
      expect.stringMatching(
        /^crs-5a4py64p: warning: other changes of the password could not be looked up: DescribeTaskList failed: No list\. /,
      ),
      wasReset(100),
    ]);
    expect(count("DescribeTaskList")).toBe(requests);
  });

  it.each(["AuthFailure.SecretIdNotFound", "AuthFailure.SignatureFailure", "AuthFailure.TokenFailure"])(
    "a refused key ends the run with only that error, and nothing is sent: %s",
    async (code) => {
      const { outcome, lines, count } = await updatePassword({ DescribeTaskList: refusal(code, "No list.") });
      expect(outcome).toMatchObject({
        message: expect.stringContaining(
          `DescribeTaskList failed: No list. (${code}, request r1); the key is from the environment (TENCENTCLOUD_SECRET_ID)`,
        ) as string,
      });
      expect(lines).toEqual([]);
      expect(count("ResetPassword")).toBe(0);
    },
  );

  it("a key that is refused after the reset was accepted leaves it pending, with that error", async () => {
    const { outcome, count } = await updatePassword({
      DescribeTaskList: [listTasks(), refusal("AuthFailure.SecretIdNotFound", "No list.")],
    });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(
        /^DescribeTaskList failed: No list\. .*then run `pulumi up` to resume waiting: until then, the old or the new password may be valid\.$/,
      ) as string,
      properties: { status: "pending", taskId: 100 },
    });
    expect(count("ResetPassword")).toBe(1);
  });

  it("a missing permission for the list alone does not end the run", async () => {
    const { outcome } = await updatePassword({
      DescribeTaskList: refusal("AuthFailure.UnauthorizedOperation", "No list."),
    });
    expect(outcome).toMatchObject(done);
  });

  it("a failing list is retried for some seconds only", async () => {
    const { outcome, elapsedMs } = await updatePassword({ DescribeTaskList: refusal("FailedOperation.SystemError") });
    expect(outcome).toMatchObject(done);
    // Before the reset, and after it.
    expect(elapsedMs()).toBeLessThan(12_000);
  });
});

it("a throttled list leaves time for the reset", async () => {
  const { outcome, sent, lines } = await updatePassword({ DescribeTaskList: refusal("RequestLimitExceeded") });
  expect(outcome).toMatchObject(done);
  expect(sent.find(({ action }) => action === "ResetPassword")?.atMs).toBeLessThanOrEqual(15_000);
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^crs-5a4py64p: warning: other changes of the password could not be looked up: /),
    wasReset(100),
  ]);
});

it("a missing permission is reported once per run, for any number of instances", async () => {
  const handlers = handlersOn({ DescribeTaskList: refusal("UnauthorizedOperation") });
  for (const instanceId of ["crs-first", "crs-second", "crs-third"]) {
    await handlers.create(handlers.checked({ instanceId }));
  }
  expect(handlers.lines.filter((line) => line.includes("warning: "))).toHaveLength(1);
  expect(handlers.count("DescribeTaskList")).toBe(1);
});

it.each([
  ["no credentials", {}, "CredentialsError", /^No Tencent Cloud credentials/],
  [
    "a secret id without a secret key",
    { TENCENTCLOUD_SECRET_ID: "AKIDexample" },
    "CredentialsError",
    /TENCENTCLOUD_SECRET_KEY/,
  ],
  ["an invalid endpoint", { TENCENTCLOUD_REDIS_ENDPOINT: "nowhere" }, "SettingsError", /endpoint/i],
] as const)("a reset fails with its own error, and without an earlier warning: %s", async (_, values, name, words) => {
  const environment: Record<string, string | undefined> = {
    TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1",
    ...values,
  };
  const transport = () => Promise.reject(new TransportError("GET", "unreachable", "connect ECONNREFUSED"));
  const handlers = handlersOn({}, { environment: (variable) => environment[variable], transport });
  for (const onCreate of ["reset", "adopt"] as const) {
    const error = await catchError(() => handlers.create(handlers.checked({ onCreate })));
    expect(error).toMatchObject({ name, message: expect.stringMatching(words) as string });
  }
  expect(handlers.lines).toEqual([]);
});
