module.exports = { ...require('../../jest.preset.cjs'), displayName: 'segment-function', rootDir: __dirname };
