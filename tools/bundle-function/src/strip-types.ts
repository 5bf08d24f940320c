import { join } from 'node:path';
import type { Plugin } from 'rollup';
import { convertCompilerOptionsFromJson, ModuleKind, readConfigFile, sys, transpileModule } from 'typescript';

/** TypeScript becomes JavaScript by TypeScript itself, which keeps comments. Types are checked elsewhere. */
export function stripTypes(workspace: string): Plugin {
  const config = readConfigFile(join(workspace, 'tsconfig.base.json'), sys.readFile).config as {
    compilerOptions: object;
  };
  const { options } = convertCompilerOptionsFromJson(config.compilerOptions, workspace);
  // One helper for decorators instead of one in each file.
  const compilerOptions = { ...options, module: ModuleKind.ESNext, importHelpers: true };
  return {
    name: 'strip-types',
    transform(code, fileName) {
      if (!fileName.endsWith('.ts')) return null;
      return { code: transpileModule(code, { fileName, compilerOptions }).outputText, map: null };
    },
  };
}
