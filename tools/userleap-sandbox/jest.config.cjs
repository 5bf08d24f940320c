module.exports = { ...require('../../jest.preset.cjs'), displayName: 'userleap-sandbox', rootDir: __dirname };
