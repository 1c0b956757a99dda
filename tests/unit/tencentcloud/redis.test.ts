import { ApiError, TransportError } from "../../../provider/errors";
import type { ApiResponse, Client } from "../../../provider/tencentcloud/client";
import { describeTaskInfo, instanceExists, resetPassword } from "../../../provider/tencentcloud/redis";

const answering = (content: object) =>
  jest.fn<Promise<ApiResponse>, Parameters<Client>>(() => Promise.resolve({ RequestId: "r1", ...content }));
const throwing =
  (error: Error): Client =>
  () =>
    Promise.reject(error);

const request = { instanceId: "crs-5a4py64p", password: "zy456987" };

describe("a reset", () => {
  it("sends the instance and the password, and nothing else", async () => {
    const client = answering({ TaskId: 16657 });
    await expect(resetPassword(client, request)).resolves.toEqual({ taskId: 16657, requestId: "r1" });
    expect(client.mock.calls).toEqual([["ResetPassword", { InstanceId: "crs-5a4py64p", Password: "zy456987" }]]);
  });

  it.each([[{}], [{ TaskId: "16657" }], [{ TaskId: 1.5 }], [{ TaskId: null }], [{ TaskId: 2 ** 53 }]])(
    "is in doubt when the answer names no task: %j",
    async (content) => {
      await expect(resetPassword(answering(content), request)).rejects.toThrow(
        new TransportError("ResetPassword", "the answer has no usable TaskId"),
      );
    },
  );
});

describe("a task", () => {
  it("is asked for by its id, within the time that is left", async () => {
    const client = answering({ Status: "running" });
    await describeTaskInfo(client, 16657, { timeoutMs: 5 });
    expect(client.mock.calls).toEqual([["DescribeTaskInfo", { TaskId: 16657 }, { timeoutMs: 5 }]]);
  });

  it.each([
    [{ Status: "running" }, { status: "running", message: "" }],
    [
      { Status: "SUCCEED", TaskMessage: null },
      { status: "succeed", message: "" },
    ],
    [
      { Status: "Failed", TaskMessage: "No." },
      { status: "failed", message: "No." },
    ],
  ])("is read from %j", async (content, expected) => {
    await expect(describeTaskInfo(answering(content), 16657)).resolves.toEqual(expected);
  });

  it.each([[{}], [{ Status: 2 }], [{ Status: null }]])("cannot be told from %j", async (content) => {
    await expect(describeTaskInfo(answering(content), 16657)).rejects.toThrow(
      new TransportError("DescribeTaskInfo", "the answer has no usable Status"),
    );
  });
});

describe("an instance", () => {
  it("is asked for by its id", async () => {
    const client = answering({ InstanceSet: [] });
    await instanceExists(client, "crs-5a4py64p");
    expect(client.mock.calls).toEqual([["DescribeInstances", { InstanceId: "crs-5a4py64p" }]]);
  });

  it.each([
    ["is there when the list holds it", [{ InstanceId: "crs-5a4py64p" }], true],
    ["is there among others", [null, { InstanceId: "crs-other" }, { InstanceId: "crs-5a4py64p" }], true],
    ["is gone when the list is empty", [], false],
    ["is gone when the list holds another", [{ InstanceId: "crs-5a4py64" }], false],
  ])("%s", async (_, InstanceSet, expected) => {
    await expect(instanceExists(answering({ InstanceSet }), "crs-5a4py64p")).resolves.toBe(expected);
  });

  it.each(["ResourceNotFound", "ResourceNotFound.InstanceNotExists", "ResourceNotFound.InstanceNotFound"])(
    "is gone when the service says %s",
    async (code) => {
      const client = throwing(new ApiError("DescribeInstances", code, "r1", "No."));
      await expect(instanceExists(client, "crs-5a4py64p")).resolves.toBe(false);
    },
  );

  it.each([
    new ApiError("DescribeInstances", "AuthFailure.SecretIdNotFound", "r1", "No."),
    new ApiError("DescribeInstances", "ResourceUnavailable.InstanceDeleted", "r1", "No."),
    new TransportError("DescribeInstances", "no answer in time"),
  ])("is not taken for gone when nothing is known of it: %s", async (error) => {
    await expect(instanceExists(throwing(error), "crs-5a4py64p")).rejects.toBe(error);
  });

  it("is not taken for gone when the answer holds no list", async () => {
    await expect(instanceExists(answering({}), "crs-5a4py64p")).rejects.toThrow(
      new TransportError("DescribeInstances", "the answer has no usable InstanceSet"),
    );
  });
});
