const { default: Sequencer } = require("@jest/test-sequencer");

/** The first file that fails ends the run of a mutant: those of the handlers, which go through all parts, come last. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => ["/tencentcloud/", "/resource/"].findIndex((folder) => path.includes(folder));
    return [...tests].sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
  }
};
