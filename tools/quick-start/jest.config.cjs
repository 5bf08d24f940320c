module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'quick-start',
  rootDir: __dirname,
  testTimeout: 30_000,
};
