/** @returns {import("jest").Config} */
const kind = (name) => ({
  displayName: name,
  rootDir: __dirname,
  roots: [`<rootDir>/tests/${name}`],
  transform: { "\\.ts$": "ts-jest" },
  testEnvironment: "node",
  testTimeout: 10_000,
});

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    kind("unit"),
    kind("protocol"),
    // Each test runs the real CLI several times, at 2 to 4 s a run.
    { ...kind("e2e"), testTimeout: 180_000, globalSetup: "<rootDir>/tests/e2e/support/setup.ts" },
  ],
};
