module.exports = { ...require('../../jest.preset.cjs'), displayName: 'backfill', rootDir: __dirname };
