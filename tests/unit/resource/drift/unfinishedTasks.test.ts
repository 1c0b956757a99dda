import { type Task, compare, knowing, setBySomebodyElse } from "../../support/compare";

describe("unfinished tasks", () => {
  it.each<[string, readonly Task[], number[]]>([
    [
      "are reported",
      [
        [101, "12:00:06"],
        [102, "12:00:07"],
      ],
      [101, 102],
    ],
    ["are reported even if they are older than ours", [[99, "11:59:00"]], [99]],
    ["are reported if their start time is unknown", [[101, ""]], [101]],
    ["do not include our own", [[100, "12:00:00"]], []],
    // The answer is of midnight there.
    ["are reported until a day after their start", [[101, "00:00:00"]], [101]],
    ["are not reported later than a day after their start", [[101, "2026-01-01 23:59:59"]], []],
  ])("%s", async (_, running, taskIds) => {
    const { unfinished, reason } = await compare({ running }, knowing(100));
    expect(unfinished.map(({ taskId }) => taskId)).toEqual(taskIds);
    expect(reason).toBeUndefined();
  });

  it("are reported in addition to drift", async () => {
    const { unfinished, reason } = await compare({ setAt: "14:07:00", running: [[101, "12:00:06"]] });
    expect(unfinished).toHaveLength(1);
    expect(reason).toBe(setBySomebodyElse("14:07:00"));
  });
});
