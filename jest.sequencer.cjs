const { default: Sequencer } = require('@jest/test-sequencer');

// By name, that which takes longest first. Jest does not know yet how long each takes where it has never run.
const LONGEST = [
  ...[
    'postgres-outbox',
    'postgres-replicas',
    'sdk-browser',
    'relay-overload',
    'senders',
    'relay-crash',
    'relay-health',
  ],
  ...[
    'sequences-on-relay',
    'relay',
    'sdk-rudder',
    'function-limits',
    'four-calls',
    'relay-stop',
    'postgres-usage',
    'property',
  ],
  ...[
    'relay-unreadable-profile',
    'relay-durability',
    'function-on-nodes',
    'relay-odd-answers',
    'sqlite-outbox',
    'function',
  ],
  ...['sdk-node', 'relay-store', 'relay-slow-connections', 'guarded-timers', 'relay-dead-letters', 'relay-faults'],
  ...[
    'play-history',
    'hot-queries',
    'dashboard',
    'random-history',
    'relay-parking',
    'relay-digits',
    'relay-tracking-api',
  ],
  ...['move-store', 'postgres-hand-over', 'dashboard-door', 'relay-destinations', 'relay-api-docs', 'relay-anonymous'],
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
