module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'mutation-tests',
  rootDir: __dirname,
};
