import { nodeResolve } from '@rollup/plugin-node-resolve';
import { minify } from '@swc/core';
import { join } from 'node:path';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import { rollup } from 'rollup';
import { adaptClassValidator } from './adapt-class-validator';
import { moduleHeadings } from './module-headings';
import { stripTypes } from './strip-types';

/** Segment's handlers, in the order in which its documentation lists them. */
export const HANDLERS = ['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete', 'onBatch'];

const GLOBAL_NAME = 'userleap';

/** The Function's code, and what of others is in it. */
interface BuiltCode {
  readonly code: string;
  /** The files that the code was made from, in its order. */
  readonly files: readonly string[];
}

/**
 * The Function as one script without imports, to be read. Segment evaluates it as a plain script or inside a function that
 * has the handlers' names as parameters; top-level function declarations are seen in both.
 */
export async function buildCode(workspace: string): Promise<BuiltCode> {
  const bundle = await rollup({
    input: join(workspace, 'apps/segment-function/src/index.ts'),
    plugins: [
      adaptClassValidator(workspace),
      nodeResolve({
        extensions: ['.ts', '.js'],
        exportConditions: ['@segment-userleap/source'],
      }),
      stripTypes(workspace),
      moduleHeadings(workspace),
    ],
    // A helper's question for a global is no reason to keep the helper.
    treeshake: { unknownGlobalSideEffects: false },
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({
    format: 'iife',
    name: GLOBAL_NAME,
    indent: false,
    esModule: false,
    generatedCode: { preset: 'es2015', symbols: false },
    externalLiveBindings: false,
    freeze: false,
  });
  const [{ code, modules }] = output;
  return {
    code: await format(`${code}\n${HANDLERS.map(declareHandler).join('\n')}\n`, {
      parser: 'babel',
      plugins: [babel, estree],
      singleQuote: true,
      printWidth: 120,
    }),
    files: Object.keys(modules).filter((file) => modules[file]?.renderedLength),
  };
}

/** The same code in fewer bytes. */
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
