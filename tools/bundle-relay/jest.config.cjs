module.exports = { ...require('../../jest.preset.cjs'), displayName: 'bundle-relay', rootDir: __dirname };
