import type { Plugin } from 'rollup';

const COMMON_JS = 'validator/lib/';

/** What of class-validator would be too large for the Function, or would not pass the scan. */
export function adaptClassValidator(): Plugin {
  return {
    name: 'adapt-class-validator',
    // The CommonJS build of validator cannot be shaken: 500 KB of rules that nobody calls.
    resolveId(source, importer) {
      if (!source.startsWith(COMMON_JS)) return null;
      return this.resolve(`validator/es/lib/${source.slice(COMMON_JS.length)}`, importer);
    },
    // It asks for `global`, `window` and `self` too.
    transform(_, file) {
      if (!file.endsWith('get-global.util.js')) return null;
      return { code: 'export function getGlobal() {\n  return globalThis;\n}\n', map: null };
    },
  };
}
