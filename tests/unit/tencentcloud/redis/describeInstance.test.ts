import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../../../provider/tencentcloud/redis/describeInstance";
import { type Outcome, missing, scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);

describe("an instance", () => {
  const exists = async (outcome: Outcome) =>
    (await describeInstance(scriptedClient(outcome).client, "crs-5a4py64p", deadline)) !== undefined;

  it("is requested by its id", async () => {
    const { client, calls } = scriptedClient({ InstanceSet: [] });
    await describeInstance(client, "crs-5a4py64p", deadline);
    expect(calls).toEqual([{ action: "DescribeInstances", parameters: { InstanceId: "crs-5a4py64p" }, deadline }]);
  });

  it.each([
    ["exists if the list contains it", [{ InstanceId: "crs-5a4py64p" }], true],
    [
      "exists if the list contains it among others",
      [null, { InstanceId: "crs-other" }, { InstanceId: "crs-5a4py64p" }],
      true,
    ],
    ["is gone if the list is empty", [], false],
  ])("%s", async (_, InstanceSet, expected) => {
    await expect(exists({ InstanceSet })).resolves.toBe(expected);
  });

  it.each([[[{ InstanceId: "crs-5a4py64" }]], [[{ NoAuth: false }]]])(
    "is not known to be gone if the list contains only another entry: %j",
    async (InstanceSet) => {
      await expect(exists({ InstanceSet })).rejects.toMatchObject(missing("DescribeInstances", "InstanceId"));
    },
  );

  it.each([
    [true, true],
    [false, false],
    [undefined, undefined],
    ["true", undefined],
  ])("is in password-free mode only if the service says so: %j", async (NoAuth, isPasswordFree) => {
    const { client } = scriptedClient({ InstanceSet: [{ InstanceId: "crs-5a4py64p", NoAuth }] });
    await expect(describeInstance(client, "crs-5a4py64p", deadline)).resolves.toEqual({
      isPasswordFree,
      condition: "usable",
    });
  });

  it.each([
    [2, "usable"],
    [1, "usable"],
    [0, "usable"],
    [-1, "usable"],
    [-2, "isolated"],
    [-3, "to be deleted"],
    ["-2", "usable"],
    [undefined, "usable"],
  ])("with the status %j is %s", async (Status, condition) => {
    const { client } = scriptedClient({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] });
    await expect(describeInstance(client, "crs-5a4py64p", deadline)).resolves.toHaveProperty("condition", condition);
  });

  it("is read with the given patience", async () => {
    const { client, calls } = scriptedClient({ InstanceSet: [] });
    await describeInstance(client, "crs-5a4py64p", deadline, 5000);
    expect(calls).toMatchObject([{ patienceMs: 5000 }]);
  });

  it.each(["ResourceNotFound", "ResourceNotFound.InstanceNotExists", "ResourceNotFound.InstanceNotFound"])(
    "is gone if the service returns %s",
    async (code) => {
      await expect(exists(new ApiError("DescribeInstances", code, "r1", "No."))).resolves.toBe(false);
    },
  );

  it.each([
    new ApiError("DescribeInstances", "AuthFailure.SecretIdNotFound", "r1", "No."),
    new ApiError("DescribeInstances", "ResourceUnavailable.InstanceDeleted", "r1", "No."),
    new TransportError("DescribeInstances", "lost", "timed out"),
  ])("does not count as gone if the request fails: %s", async (error) => {
    await expect(exists(error)).rejects.toBe(error);
  });

  it("does not count as gone if the response has no list", async () => {
    await expect(exists({})).rejects.toMatchObject(missing("DescribeInstances", "InstanceSet"));
  });
});
