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

describe("a request in a line", () => {
  it.each<[string, Partial<RequestRecord>, string]>([
    ["a success", { action: "DescribeTaskInfo" }, "03:04:05  DescribeTaskInfo          ok"],
    ["one that started a task", { taskId: 16657 }, "03:04:05  ResetPassword             task 16657"],
    ["a refusal", { code: "RequestLimitExceeded" }, "03:04:05  ResetPassword             RequestLimitExceeded"],
    [
      "a fault after the work",
      { taskId: 16657, fault: "drop-response" },
      "03:04:05  ResetPassword             task 16657, fault drop-response",
    ],
    ["a fault instead of it", { code: "503", fault: "http" }, "03:04:05  ResetPassword             503, fault http"],
    ["one without an action", { action: null }, "03:04:05  (no action)               ok"],
    ["an action that commands the terminal", { action: "\x1b[2J\u009b2J" }, "03:04:05  ?[2J?2J                   ok"],
  ])("shows %s", (_, changes, expected) => {
    expect(requestLine({ ...record, ...changes }, false)).toBe(expected);
  });

  it("shows failures in color", () => {
    const line = requestLine({ ...record, code: "503", fault: "http" }, true);
    expect(line).toBe("03:04:05  ResetPassword             \x1b[31m503\x1b[39m, \x1b[33mfault http\x1b[39m");
  });
});
