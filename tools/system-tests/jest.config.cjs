const common = { ...require('../../jest.preset.cjs'), rootDir: __dirname };
const postgres = '<rootDir>/../test-postgres/src';

// What depends on the store. How the relay is spoken to does not.
const ON_POSTGRES = [
  'relay-anonymous',
  'relay-answers',
  'relay-by-hand',
  'relay-crash',
  'relay-dead-letters',
  'relay-destinations',
  'relay-durability',
  'relay-erasure',
  'relay-faults',
  'relay-health',
  'relay-history',
  'relay-large-calls',
  'relay-lists',
  'relay-live',
  'relay-other-key',
  'relay-overload',
  'relay-parking',
  'relay-purges',
  'relay-rate-limited',
  'relay-retention',
  'relay-stop',
  'relay-store',
  'relay-story',
  'relay-unconfigured',
  'relay-unreachable',
  'relay-wrong-settings',
  'postgres-*',
];

module.exports = {
  testTimeout: 90_000,
  // Tests wait for relays much of the time. Jest itself would run one at a time on two cores.
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'system-tests', testPathIgnorePatterns: ['<rootDir>/test/postgres-'] },
    {
      ...common,
      displayName: 'system-tests on PostgreSQL',
      testMatch: ON_POSTGRES.map((name) => `<rootDir>/test/${name}.e2e-spec.ts`),
      globals: { STORE: 'postgres' },
      testEnvironment: `${postgres}/postgres-environment.cjs`,
      globalSetup: `${postgres}/global-setup.ts`,
      globalTeardown: `${postgres}/global-teardown.ts`,
    },
  ],
};
