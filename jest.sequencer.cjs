const { default: Sequencer } = require('@jest/test-sequencer');

// Jest would begin with the largest files, where it does not know yet how long each takes: these are small.
const LONGEST = [
  'relay-overload',
  'relay-crash',
  'relay-fuzz',
  'postgres-',
  'contract-tests/test/',
  'dashboard.',
  'postgres-outbox',
];

/** For jest: what takes longest comes first, so that no worker has nothing to do while the last one ends. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONGEST.some((name) => path.includes(name));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
