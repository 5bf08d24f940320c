module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'benchmarks',
  rootDir: __dirname,
  // Histories are played on the relay's engine.
  testTimeout: 30_000,
};
