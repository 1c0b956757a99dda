// Jest's sandbox has no import() unless Node runs with a flag: the tests' copy of the sources calls require instead.
const tsconfig = { ...require("./tsconfig.json").compilerOptions, module: "commonjs", moduleResolution: "bundler" };

/** @returns {import("jest").Config} */
const kind = (name) => ({
  displayName: name,
  rootDir: __dirname,
  roots: [`<rootDir>/tests/${name}`],
  transform: { "\\.ts$": ["ts-jest", { tsconfig }] },
  testEnvironment: "node",
});

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  projects: [
    kind("unit"),
    kind("conformance"),
    kind("protocol"),
    {
      ...kind("e2e"),
      globalSetup: "<rootDir>/tests/e2e/support/setup.ts",
      setupFilesAfterEnv: ["<rootDir>/tests/e2e/support/patience.ts"],
      globalTeardown: "<rootDir>/tests/e2e/support/teardown.ts",
    },
  ],
};
