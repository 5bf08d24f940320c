import { minify } from '@swc/core';
import { build } from 'esbuild';
import { join } from 'node:path';

/** Segment's handlers, in the order in which its documentation lists them. */
export const HANDLERS = ['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete', 'onBatch'];

const GLOBAL_NAME = 'userleap';

/**
 * The Function as one script without imports. Segment evaluates it as a plain script or inside a function that has the
 * handlers' names as parameters; top-level function declarations are seen in both.
 */
export async function buildCode(workspace: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: workspace,
    entryPoints: [join(workspace, 'apps/segment-function/src/index.ts')],
    tsconfig: join(workspace, 'apps/segment-function/tsconfig.lib.json'),
    bundle: true,
    write: false,
    format: 'iife',
    globalName: GLOBAL_NAME,
    platform: 'neutral',
    target: 'node18',
    charset: 'utf8',
    conditions: ['@segment-userleap/source'],
    mainFields: ['es2015', 'module', 'main'],
    // The CommonJS build of validator cannot be shaken: 512 KB instead of 30.
    alias: { 'validator/lib': 'validator/es/lib' },
    // Feature tests that Segment's realm never needs: `globalThis` is there.
    define: { global: 'undefined', window: 'undefined', self: 'undefined' },
    legalComments: 'none',
    footer: { js: HANDLERS.map(declareHandler).join('\n') },
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote nothing');
  return file.text;
}

/** The same code in fewer bytes. By swc, which gets some 3 KB further than esbuild does. */
export async function minifyCode(code: string): Promise<string> {
  const minified = await minify(code, {
    // `unsafe_arrows` would break functions that are called with `new`; there are none but classes.
    compress: { passes: 10, ecma: 2022, unsafe_arrows: true },
    mangle: true,
    ecma: 2022,
    sourceMap: false,
  });
  return minified.code;
}

function declareHandler(name: string): string {
  const argument = name === 'onBatch' ? 'events' : 'event';
  return `async function ${name}(${argument}, settings) { return ${GLOBAL_NAME}.${name}(${argument}, settings); }`;
}
