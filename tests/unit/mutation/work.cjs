const base = require("./jest.config.cjs");
const re = process.env.TESTS;
module.exports = {
  ...base,
  testSequencer: undefined,
  ...(re && { testRegex: [re] }),
  testPathIgnorePatterns: [...base.testPathIgnorePatterns, ...(process.env.PROPS ? [] : ["/properties/"])],
};
delete module.exports.testSequencer;
if (!re) module.exports.testSequencer = base.testSequencer;
