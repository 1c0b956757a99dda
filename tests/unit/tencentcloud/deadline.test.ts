import { deadlineIn } from "../../../provider/tencentcloud/deadline";

it.each([
  ["at first", 0, 2500],
  ["on the way", 1000, 1500],
  ["at its end", 2500, 0],
  ["after it", 9999, 0],
])("what remains of a deadline is told %s", (_, passedMs, remainingMs) => {
  let nowMs = 1_000_000;
  const deadline = deadlineIn(2.5, () => nowMs);
  nowMs += passedMs;
  expect(deadline.remainingMs()).toBe(remainingMs);
  expect(deadline.seconds).toBe(2.5);
});

it("a deadline goes by a clock that nobody sets", () => {
  const now = jest.spyOn(performance, "now").mockReturnValue(5);
  const deadline = deadlineIn(1);
  now.mockReturnValue(605);
  expect(deadline.remainingMs()).toBe(400);
  now.mockRestore();
});
