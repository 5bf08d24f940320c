module.exports = { ...require('../../jest.preset.cjs'), displayName: 'userleap-api', rootDir: __dirname };
