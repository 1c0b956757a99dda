// The unit tests as a mutation run has them: of provider/ only, and no more of them a mutant than can notice it.
const {
  projects: [unit],
} = require("../../../jest.config.cjs");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  testRunner: `${__dirname}/jest-circus.cjs`,
  // No line of provider/ runs in the first two. The third reads errors.ts, which looks different with all its mutants in.
  testPathIgnorePatterns: ["/local-cloud/", "/troubleshooting.test.ts", "/errorsDocumentationRows.test.ts"],
};
