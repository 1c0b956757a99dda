import { withProgress } from "../../../tools/progress";

let text: string;
const output = (isTTY: boolean, columns = 80) => ({
  isTTY,
  columns,
  write: (written: string) => {
    text += written;
    return true;
  },
});

beforeEach(() => {
  text = "";
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

const lasting = (seconds: number) => () => jest.advanceTimersByTimeAsync(seconds * 1000).then(() => "the result");

describe("in a CI's log", () => {
  it("work that takes minutes is a line a minute", async () => {
    await expect(withProgress("Building it", "2 to 10 minutes", lasting(130), output(false))).resolves.toBe(
      "the result",
    );
    expect(text.split("\n")).toEqual([
      "Building it, which takes 2 to 10 minutes …",
      "Building it: 1 min 0 s so far",
      "Building it: 2 min 0 s so far",
      "Building it: done in 2 min 10 s",
      "",
    ]);
  });

  it("work that fails ends with when it did", async () => {
    const work = () => jest.advanceTimersByTimeAsync(2000).then(() => Promise.reject(new Error("no disk")));
    await expect(withProgress("Building it", "a minute", work, output(false))).rejects.toThrow("no disk");
    expect(text).toMatch(/^Building it: failed after 2 s$/m);
  });

  it("nothing follows when it has ended", async () => {
    await withProgress("Building it", "a minute", lasting(1), output(false));
    const before = text;
    await jest.advanceTimersByTimeAsync(600_000);
    expect(text).toBe(before);
  });
});

describe("on a terminal", () => {
  it("the seconds are counted in one line, which the end replaces", async () => {
    await withProgress("Building it", "a minute", lasting(3), output(true));
    const [first, last, ...rest] = text.split("\n");
    expect(first).toBe("Building it, which takes a minute …");
    expect(last?.split("\r")).toEqual([
      "",
      "Building it: 1 s so far\x1b[K",
      "Building it: 2 s so far\x1b[K",
      "Building it: 3 s so far\x1b[K",
      "Building it: done in 3 s\x1b[K",
    ]);
    expect(rest).toEqual([""]);
  });

  it.each([
    ["a narrow one gets no line that would wrap", 12, "Building it"],
    ["one of unknown width gets the whole line", 0, "Building it: 1 s so far"],
  ])("%s", async (_, columns, expected) => {
    await withProgress("Building it", "a minute", lasting(1), output(true, columns));
    expect(text).toContain(`\r${expected}\x1b[K`);
  });
});
