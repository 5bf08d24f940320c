module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'contract-tests',
  rootDir: __dirname,
  testTimeout: 90_000,
  // Tests wait for relays much of the time. Jest itself would run one at a time on two cores.
  maxWorkers: 2,
};
