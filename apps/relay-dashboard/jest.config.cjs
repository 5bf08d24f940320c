module.exports = { ...require('../../jest.preset.cjs'), displayName: 'relay-dashboard', rootDir: __dirname };
