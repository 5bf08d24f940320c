module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'contract-tests',
  rootDir: __dirname,
  testTimeout: 30_000,
};
