module.exports = { ...require('../../jest.preset.cjs'), displayName: 'segment-events', rootDir: __dirname };
