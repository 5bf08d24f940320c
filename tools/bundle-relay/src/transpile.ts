import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';

/**
 * The relay's sources as TypeScript compiles them: Nest injects by what it writes of a decorated class, and esbuild leaves
 * that out. They stay ES modules, so that what nobody uses can be left out.
 */
export function transpile(folder: string, tsconfig: string): Plugin {
  return {
    name: 'transpile',
    setup(build) {
      const options = { ...readOptions(tsconfig), ...AS_MODULES };
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: options });
        return { contents: outputText, loader: 'js' };
      });
    },
  };
}

const AS_MODULES: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  importHelpers: true,
};

function readOptions(tsconfig: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(tsconfig)).options;
}
