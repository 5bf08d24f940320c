module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'relay',
  rootDir: __dirname,
  globalSetup: '<rootDir>/../../tools/test-postgres/src/global-setup.ts',
  globalTeardown: '<rootDir>/../../tools/test-postgres/src/global-teardown.ts',
};
