/**
 * Jest's own test runner, but in a mutation run it skips the files in which the mutant is never reached, and those after
 * the first that fails. Stryker names the tests for a mutant; Jest would load all files to find them, seconds each time.
 */
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { env } = require("node:process");

const { default: circus } = require("jest-circus/runner");
const { createEmptyTestResult } = require("@jest/test-result");

/** By test file: which mutants it reaches. Kept in the sandbox's folder, for Stryker replaces a process that hangs. */
const store = "reached-mutants.json";

let reached = existsSync(store) ? JSON.parse(readFileSync(store, "utf8")) : {};
let failing;

module.exports = async (globalConfig, config, environment, runtime, testPath, ...rest) => {
  const mutant = env.__STRYKER_ACTIVE_MUTANT__;
  const isReached = !mutant || !reached[testPath] || reached[testPath].includes(mutant);
  if (!isReached || (mutant && failing === mutant)) return { ...skipped };

  const staticBefore = { ...coverageIn(environment).static };
  const result = await circus(globalConfig, config, environment, runtime, testPath, ...rest);
  if (mutant && result.numFailingTests > 0) failing = mutant;
  if (!mutant) {
    const coverage = coverageIn(environment);
    const onLoading = Object.keys(coverage.static).filter((id) => coverage.static[id] !== staticBefore[id]);
    const inTests = result.testResults.flatMap(({ fullName }) => Object.keys(coverage.perTest[fullName] ?? {}));
    reached[testPath] = [...new Set([...onLoading, ...inTests])];
    writeFileSync(store, JSON.stringify(reached));
  }
  return result;
};

/** Jest fails a file without any test. */
const skipped = {
  ...createEmptyTestResult(),
  numPendingTests: 1,
  testResults: [{ ancestorTitles: [], failureMessages: [], fullName: "skipped", status: "pending", title: "skipped" }],
};

const coverageIn = ({ global }) => global.__stryker__?.mutantCoverage ?? { static: {}, perTest: {} };
