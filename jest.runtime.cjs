const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

// Large, and without anything that a test could change. Loaded once for all files of a worker: jest itself reads them anew for each.
// Their errors are not those of the tests (`instanceof Error`), which kysely and pg would have to be.
const LOADED_ONCE = ['class-validator', 'fast-check', 'playwright-core'];

/** For jest: runs tests as it does anyway, but shares large packages between them. */
module.exports = class SharingRuntime extends Runtime {
  requireModuleOrMock(from, name) {
    return LOADED_ONCE.includes(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
