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
  testPathIgnorePatterns: [
    // They run no line of provider/, need the build, or read sources, which look different with all mutants in them.
    "/local-cloud/",
    "/documentation.test.ts",
    "/troubleshooting.test.ts",
    // They take so long that each survivor would cost minutes.
    "/properties/",
    "/requestsPerReset.test.ts",
    "/simulate.test.ts",
  ],
};
