const common = { ...require('../../jest.preset.cjs'), rootDir: __dirname };
const postgres = '<rootDir>/../test-postgres/src';

module.exports = {
  testTimeout: 90_000,
  // Tests wait for the relay some of the time. Jest itself would run one at a time on two cores.
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'contract-tests' },
    {
      ...common,
      displayName: 'contract-tests on PostgreSQL',
      testMatch: ['relay', 'sequences-on-relay'].map((name) => `<rootDir>/test/${name}.e2e-spec.ts`),
      globals: { STORE: 'postgres' },
      testEnvironment: `${postgres}/postgres-environment.cjs`,
      globalSetup: `${postgres}/global-setup.ts`,
      globalTeardown: `${postgres}/global-teardown.ts`,
    },
  ],
};
