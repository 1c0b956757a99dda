import { acceptedTask } from "../../../support/acceptedTask";
import { ApiError } from "../../../../provider/tencentcloud/errors/errors";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import type { Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { TaskReader } from "../../../../provider/tencentcloud/redis/taskReader";

it("only the caller of a task gets the error of reading it", async () => {
  const reader = new TaskReader(systemClock);
  const refusal = new ApiError("DescribeTaskInfo", "InternalError", "r", "No.");
  const refused: Client = () => Promise.reject(refusal);
  const answered: Client = () => Promise.resolve({ RequestId: "r", answeredAtMs: 5, Status: "running" });
  const deadline = deadlineIn(600, systemClock);
  const reads = [
    reader.read(refused, acceptedTask({ taskId: 1 }), deadline),
    reader.read(answered, acceptedTask({ taskId: 2 }), deadline),
  ];
  const [one, other] = await Promise.allSettled(reads);
  expect(one).toEqual({ status: "rejected", reason: refusal });
  expect(other).toMatchObject({ status: "fulfilled", value: { status: "running" } });
});
