// The unit tests as a mutation run has them: of provider/ only, and no more of them a mutant than can notice it.
const {
  projects: [unit],
} = require("../../../jest.config.cjs");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  testRunner: `${__dirname}/jest-circus.cjs`,
  // They look at the local cloud and at documents, no line of provider/ runs in them.
  testPathIgnorePatterns: ["/local-cloud/", "/troubleshooting.test.ts"],
};
