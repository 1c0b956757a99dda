const process = require("node:process");

/** Jest's reporter that ends a run with a line for each kind of tests. */
module.exports = class {
  onRunComplete(_, { testResults }) {
    const kinds = [...new Set(testResults.map(findKind))].sort();
    const lines = kinds.map((kind) =>
      summarize(
        kind,
        testResults.filter((file) => findKind(file) === kind),
      ),
    );
    process.stderr.write(`\n${lines.join("\n")}\n`);
  }
};

const findKind = ({ displayName }) => displayName?.name ?? "tests";

function summarize(kind, files) {
  const total = (count) => files.reduce((sum, file) => sum + count(file), 0);
  const passed = total((file) => file.numPassingTests);
  // A file that cannot be loaded is a failure without a test.
  const failed = total((file) => file.numFailingTests + (file.testExecError ? 1 : 0));
  const seconds = Math.round(total((file) => file.perfStats.runtime) / 1000);
  return `${kind.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds} s of one worker`;
}
