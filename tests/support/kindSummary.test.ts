import path from "node:path";

import { root } from "./markdown";

interface Reporter {
  onRunComplete(contexts: unknown, results: { readonly testResults: readonly object[] }): void;
}

const file = (name: string, numPassingTests: number, numFailingTests: number, runtime: number) => ({
  displayName: { name, color: "white" },
  numPassingTests,
  numFailingTests,
  perfStats: { runtime },
});

it("a test run ends with a line for each kind of tests, in which a file that cannot be loaded is a failure", async () => {
  const { default: KindSummary } = (await import(path.join(root, "tests", "support", "kindSummary.cjs"))) as {
    default: new () => Reporter;
  };
  const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const broken = { ...file("protocol", 0, 0, 500), testExecError: new Error("cannot be loaded") };
  new KindSummary().onRunComplete(undefined, {
    testResults: [file("unit", 3, 0, 1200), file("protocol", 2, 1, 9000), file("unit", 4, 0, 1000), broken],
  });
  const text = written.mock.calls.map(([chunk]) => String(chunk)).join("");
  written.mockRestore();
  expect(text.trim().split("\n")).toEqual([
    "protocol     2 passed, 2 failed, 10 s of one worker",
    "unit         7 passed, 0 failed, 2 s of one worker",
  ]);
});
