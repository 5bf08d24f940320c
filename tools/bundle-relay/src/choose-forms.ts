import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Node loads its whole `fetch` for whoever looks at this global: 2 MB.
const FORM_DATA = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

// Nest makes two of them for a log that the relay does not write: a tenth of what a start costs.
const FORMATTER = /const dateTimeFormatter = (new Intl\.DateTimeFormat\([^)]*\));/;
const LATE_FORMATTER =
  'let formatter; const dateTimeFormatter = { format: (date) => (formatter ??= $1).format(date) };';

/** In which of its forms a package is in the bundle, and once. */
export function chooseForms(workspace: string): Plugin {
  const packages = join(workspace, 'node_modules');
  return {
    name: 'choose-forms',
    setup(build) {
      // Nest asks for it when the pipe is used that the relay does not use. Only the ES modules can be shaken.
      build.onResolve({ filter: /^class-validator$/ }, ({ kind, path }) =>
        kind === 'import-statement'
          ? { path: join(packages, 'class-validator/esm2015/index.js'), sideEffects: false }
          : { path, namespace: 'absent' },
      );
      build.onResolve({ filter: /^validator\/lib\// }, ({ path, kind, resolveDir }) =>
        build.resolve(path.replace('validator/lib/', 'validator/es/lib/'), { kind, resolveDir }),
      );
      // esbuild gives each file that imports a CommonJS module a copy of all its exports: let there be one.
      build.onResolve({ filter: /^@nestjs\/common$/ }, ({ kind, path, namespace }) =>
        kind === 'import-statement' && namespace !== 'shared' ? { path, namespace: 'shared' } : undefined,
      );
      build.onLoad({ filter: /^/, namespace: 'shared' }, ({ path }) => ({
        contents: `export * from '${path}';`,
        resolveDir: workspace,
      }));
      // As it is written, not as it was before classes and generators.
      build.onResolve({ filter: /^rxjs(?:\/operators)?$/ }, ({ path }) => ({
        path: join(packages, path.replace('rxjs', 'rxjs/dist/esm'), 'index.js'),
      }));
      // One copy for Nest's module, which asks for the CommonJS one, and for us.
      build.onResolve({ filter: /^axios$/ }, () => ({ path: join(packages, 'axios/index.js') }));
      build.onLoad({ filter: /[\\/]axios[\\/]lib[\\/]adapters[\\/]fetch\.js$/ }, () => ({
        contents: 'export function getFetch() {}',
      }));
      // The relay has an adapter of its own.
      build.onLoad({ filter: /[\\/]axios[\\/]lib[\\/]adapters[\\/]http\.js$/ }, () => ({
        contents: 'export default undefined;',
      }));
      // The relay speaks HTTP/1.1.
      build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/ }, () => ({ contents: '' }));
      build.onLoad({ filter: /[\\/]axios[\\/]lib[\\/]utils\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes(FORM_DATA)) throw new Error('axios finds the global FormData in another way than before');
        return { contents: text.replace(FORM_DATA, 'undefined') };
      });
      build.onLoad(
        { filter: /[\\/]@nestjs[\\/]common[\\/]services[\\/](?:console-)?logger\.service\.js$/ },
        ({ path }) => {
          const text = readFileSync(path, 'utf8');
          if (!FORMATTER.test(text)) throw new Error('Nest formats times in another way than before');
          return { contents: text.replace(FORMATTER, LATE_FORMATTER) };
        },
      );
    },
  };
}
