import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { describeTaskInfo } from "../../../../provider/tencentcloud/redis/describeTaskInfo";
import { answeredAtMs, missing, scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);

describe("a task", () => {
  it("is requested by its id", async () => {
    const { client, calls } = scriptedClient({ Status: "running" });
    await describeTaskInfo(client, 16657, deadline);
    expect(calls).toEqual([{ action: "DescribeTaskInfo", parameters: { TaskId: 16657 }, deadline, patienceMs: 3000 }]);
  });

  it.each([
    [{ Status: "running" }, { status: "running", message: "", startTime: "" }],
    [
      { Status: "SUCCEED", TaskMessage: null, StartTime: "2018-11-01 17:25:14" },
      { status: "succeed", message: "", startTime: "2018-11-01 17:25:14" },
    ],
    [
      { Status: "Failed", TaskMessage: "No.", StartTime: 5 },
      { status: "failed", message: "No.", startTime: "" },
    ],
  ])("is read from %j", async (content, expected) => {
    await expect(describeTaskInfo(scriptedClient(content).client, 16657, deadline)).resolves.toEqual({
      ...expected,
      answeredAtMs,
    });
  });

  it.each([[{}], [{ Status: 2 }], [{ Status: null }]])("cannot be read from %j", async (content) => {
    await expect(describeTaskInfo(scriptedClient(content).client, 16657, deadline)).rejects.toMatchObject(
      missing("DescribeTaskInfo", "Status"),
    );
  });
});
