module.exports = { ...require('../../jest.preset.cjs'), displayName: 'segment-runtime', rootDir: __dirname };
