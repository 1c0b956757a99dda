import { withProgress } from "../../tools/progress";

let lines: string[];
beforeEach(() => {
  lines = [];
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

const log = (line: string) => lines.push(line);

it("logs the start, every 30 seconds, and the end of long work, and returns its result", async () => {
  const work = () => jest.advanceTimersByTimeAsync(70_000).then(() => "the result");
  await expect(withProgress("Building", "2 to 10 minutes", work, log)).resolves.toBe("the result");
  expect(lines).toEqual([
    "Building, which takes 2 to 10 minutes …",
    "Building: 30 s so far",
    "Building: 1 min 0 s so far",
    "Building: done in 1 min 10 s",
  ]);
});

it("logs that work failed, and passes its error on", async () => {
  const work = () => jest.advanceTimersByTimeAsync(2000).then(() => Promise.reject(new Error("no disk")));
  await expect(withProgress("Building", "a minute", work, log)).rejects.toThrow("no disk");
  expect(lines).toEqual(["Building, which takes a minute …", "Building: failed after 2 s"]);
});

it("logs nothing after the end", async () => {
  await withProgress("Building", "a minute", () => Promise.resolve(), log);
  await jest.advanceTimersByTimeAsync(600_000);
  expect(lines).toHaveLength(2);
});
