// The unit tests as a mutation run has them: of provider/ only, and no more of them a mutant than can notice it.
const {
  projects: [unit],
} = require("../../../jest.config.cjs");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  // The pages repeat what the sources say: these tests run the sources, and compare.
  testMatch: [...unit.testMatch, "<rootDir>/tests/docs/{credentials,generatedTables,state,troubleshooting}.test.ts"],
  // Jest finds the tests of a file by way of the files here only, and Stryker itself adds just the folder of that file.
  roots: [...unit.roots, "<rootDir>/provider"],
  testSequencer: `${__dirname}/slowLast.cjs`,
  testRunner: `${__dirname}/jest-circus.cjs`,
  // No line of provider/ runs in the first. The next two take so long, with thousands of cases and hundreds of resets, that
  // each survivor would cost minutes. The last compiles the sources, which do not compile with all their mutants in.
  testPathIgnorePatterns: ["/local-cloud/", "/properties/", "/requestsPerReset.test.ts", "/passwordTypes.test.ts"],
};
