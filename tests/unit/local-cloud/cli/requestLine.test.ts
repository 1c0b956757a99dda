import type { RequestRecord } from "../../../../local-cloud";
import { requestLine } from "../../../../local-cloud/cli/requestLine";

const record: RequestRecord = {
  time: "2026-01-02T03:04:05.678Z",
  action: "ResetPassword",
  code: null,
  requestId: "2e9b1f4c-0000-4000-8000-000000000000",
  taskId: null,
  fault: null,
};

describe("the log line of a request", () => {
  it.each<[string, Partial<RequestRecord>, string]>([
    ["that it succeeded", { action: "DescribeTaskInfo" }, "03:04:05  DescribeTaskInfo          ok"],
    ["the id of the task that it started", { taskId: 16657 }, "03:04:05  ResetPassword             task 16657"],
    [
      "the code of its refusal",
      { code: "RequestLimitExceeded" },
      "03:04:05  ResetPassword             RequestLimitExceeded",
    ],
    [
      "a fault after it was carried out",
      { taskId: 16657, fault: "drop-response" },
      "03:04:05  ResetPassword             task 16657, fault drop-response",
    ],
    [
      "a fault instead of carrying it out",
      { code: "503", fault: "http" },
      "03:04:05  ResetPassword             503, fault http",
    ],
    ["that it has no action", { action: null }, "03:04:05  (no action)               ok"],
    [
      "an action with its control characters replaced",
      { action: "\x1b[2J\u009b2J" },
      "03:04:05  ?[2J?2J                   ok",
    ],
  ])("shows %s", (_, changes, expected) => {
    expect(requestLine({ ...record, ...changes }, false)).toBe(expected);
  });

  it("shows failures in color", () => {
    const line = requestLine({ ...record, code: "503", fault: "http" }, true);
    expect(line).toBe("03:04:05  ResetPassword             \x1b[31m503\x1b[39m, \x1b[33mfault http\x1b[39m");
  });
});
