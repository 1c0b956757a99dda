// Jest's sandbox has no import() unless Node runs with a flag: the tests' copy of the sources calls require instead.
const tsconfig = { ...require("./tsconfig.json").compilerOptions, module: "commonjs", moduleResolution: "bundler" };

/** @returns {import("jest").Config} */
const kind = (name, files = `${name}/**`) => ({
  displayName: name,
  rootDir: __dirname,
  // Not the kind's own folder, which Jest would require to exist.
  roots: ["<rootDir>/tests"],
  testMatch: [`<rootDir>/tests/${files}/*.test.ts`],
  transform: { "\\.ts$": ["ts-jest", { tsconfig }] },
  testEnvironment: "node",
});

/** @type {import("jest").Config} */
const withRedis = { globalSetup: "<rootDir>/tests/support/redis.ts" };

/** @type {import("jest").Config} */
const withCli = {
  globalSetup: "<rootDir>/tests/e2e/support/setup.ts",
  setupFilesAfterEnv: ["<rootDir>/tests/e2e/support/patience.ts"],
  globalTeardown: "<rootDir>/tests/e2e/support/teardown.ts",
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  // Ends a test that hangs, and judges no speed: on a busy machine Jest's 5 s are too few for mere computation.
  testTimeout: 60_000,
  testSequencer: "<rootDir>/tests/support/slowKindsFirst.cjs",
  reporters: ["default", "<rootDir>/tests/support/kindSummary.cjs"],
  projects: [
    kind("unit"),
    { ...kind("protocol"), ...withRedis },
    { ...kind("conformance"), ...withRedis },
    { ...kind("emulated"), ...withRedis },
    kind("docs"),
    kind("benchmarks"),
    kind("tools"),
    // What the tests themselves stand on.
    kind("support", "**/support/**"),
    { ...kind("e2e-core", "e2e/core/**"), ...withCli },
    { ...kind("e2e"), ...withCli, testPathIgnorePatterns: ["/tests/e2e/(core|support)/"] },
  ],
};
