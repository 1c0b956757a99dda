const { default: Sequencer } = require("@jest/test-sequencer");

/** Starts the slow kinds of tests first, so that the short files of the others keep all workers busy to the end. */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};

const isSlow = ({ context }) => ["e2e", "e2e-core", "emulated"].includes(context.config.displayName?.name);
