const { default: Sequencer } = require('@jest/test-sequencer');

// By name, that which takes longest first. Jest does not know yet how long each takes where it has never run.
const LONGEST = [
  ...['property', 'relay', 'postgres-outbox', 'function-on-nodes', 'relay-overload', 'sdk-browser', 'sqlite-outbox'],
  ...['sequences-on-relay', 'postgres-replicas', 'dashboard', 'four-calls', 'relay-durability', 'random-history'],
  ...['sdk-rudder', 'relay-faults', 'hot-queries', 'function-limits', 'function', 'relay-stop', 'relay-crash'],
  ...['postgres-hand-over', 'relay-fuzz', 'relay-unreadable-profile', 'class-validator', 'bundle-function'],
  ...['bundle-relay', 'relay-store', 'relay-odd-answers', 'relay-health', 'move-store', 'relay-parking', 'sdk-node'],
];

/** For jest: what takes longest comes first, so that no worker has nothing to do while the last one ends. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.includes(`/${name}.`));
      return at < 0 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
};
