module.exports = { ...require('../../jest.preset.cjs'), displayName: 'contract-tests', rootDir: __dirname };
