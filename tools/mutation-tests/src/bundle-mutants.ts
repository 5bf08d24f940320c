import { build } from 'esbuild';
import { join } from 'node:path';
import type { Mutants } from './make-mutants';

const LIBS = ['delivery', 'mapping', 'segment-events', 'userleap-api', 'validation'];

/**
 * The text of a CommonJS module that exports `holdsOnLibs` of contract-tests, with the libraries and all mutants in it. The
 * rest, such as the sandbox, stays outside: it is loaded once and stays as it is.
 */
export async function bundleMutants(workspace: string, { sources }: Mutants): Promise<string> {
  const inside = new RegExp(`^@segment-userleap/(?:${LIBS.join('|')})$`);
  const { outputFiles } = await build({
    absWorkingDir: workspace,
    entryPoints: [join(workspace, 'tools/contract-tests/src/holds-on-libs.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    conditions: ['@segment-userleap/source'],
    tsconfig: join(workspace, 'tsconfig.base.json'),
    logLevel: 'warning',
    plugins: [
      {
        name: 'mutants',
        setup(setup) {
          setup.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || inside.test(path) ? undefined : { path, external: true },
          );
          setup.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = sources.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
