module.exports = { ...require('../../jest.preset.cjs'), displayName: 'deploy-function', rootDir: __dirname };
