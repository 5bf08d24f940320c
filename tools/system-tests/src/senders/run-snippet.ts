import { transformSync } from 'esbuild';

/** Runs a snippet in this process; hands out its `analytics`. */
export function runSnippet(code: string): unknown {
  const { code: script } = transformSync(`${code}\nexport { analytics };`, { format: 'cjs', platform: 'node' });
  const module: { exports: { analytics?: unknown } } = { exports: {} };

  new Function('require', 'module', script)(require, module);
  return module.exports.analytics;
}
