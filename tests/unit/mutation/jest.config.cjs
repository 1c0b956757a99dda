// The unit tests as a mutation run has them: of provider/ only, and no more of them a mutant than can notice it.
const {
  projects: [unit],
} = require("../../../jest.config.cjs");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  // Jest finds the tests of a file by way of the files here only, and Stryker itself adds just the folder of that file.
  roots: [...unit.roots, "<rootDir>/provider"],
  testSequencer: `${__dirname}/slowLast.cjs`,
  testRunner: `${__dirname}/jest-circus.cjs`,
  // No line of provider/ runs in the first two. The third reads errors.ts, which looks different with all its mutants in.
  // The properties take so long, with thousands of cases, that each survivor would cost minutes.
  testPathIgnorePatterns: [
    "/local-cloud/",
    "/troubleshooting.test.ts",
    "/errorsDocumentationRows.test.ts",
    "/properties/",
  ],
};
