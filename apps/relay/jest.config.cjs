module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'relay',
  rootDir: __dirname,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' }, // as import() has them
  globalSetup: '<rootDir>/../../tools/test-postgres/src/global-setup.ts',
  globalTeardown: '<rootDir>/../../tools/test-postgres/src/global-teardown.ts',
};
