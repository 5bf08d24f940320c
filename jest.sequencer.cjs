const { default: Sequencer } = require('@jest/test-sequencer');

// By name, that which takes longest first. Jest does not know yet how long each takes where it has never run.
const LONGEST = [
  ...[
    'postgres-outbox',
    'relay',
    'function',
    'property',
    'sequences',
    'relay-slow-connections',
    'destination-delivery',
  ],
  ...['class-validator', 'random-history', 'retry-horizon', 'move-store', 'relay-history', 'bundle-function'],
  ...['function-on-nodes', 'sqlite-outbox', 'hot-queries', 'postgres-replicas', 'relay-fuzz', 'relay-crash'],
  ...['relay-anonymous', 'relay-parking', 'begin-move', 'sdk-browser', 'libs', 'settings', 'senders', 'relay-overload'],
  ...['bundle-relay', 'sequences-on-relay', 'relay-durability', 'relay-other-key', 'relay-large-calls', 'dashboard'],
  ...['relay-stop', 'function-limits', 'relay-wrong-settings', 'relay-doors', 'relay-signatures', 'relay-store'],
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
