const common = { ...require('../../jest.preset.cjs'), rootDir: __dirname };
const postgres = '<rootDir>/../test-postgres/src';

// What depends on the store beyond its port, which the relay's own tests hold both stores to: what outlives the process, is
// gone from the disk, waits for the database's clock, or is told to other connections.
const ON_POSTGRES = [
  'relay-anonymous',
  'relay-check',
  'relay-crash',
  'relay-durability',
  'relay-erasure',
  'relay-health',
  'relay-history',
  'relay-large-calls',
  'relay-lists',
  'relay-live',
  'relay-overload',
  'relay-retention',
  'relay-stop',
  'relay-store',
  'relay-story',
  'relay-usage',
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
