module.exports = { ...require('../../jest.preset.cjs'), displayName: 'bundle-function', rootDir: __dirname };
