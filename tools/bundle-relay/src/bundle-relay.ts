import { formatLicences, listThirdParty } from '@segment-userleap/bundle-function/third-party';
import { build } from 'esbuild';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { chooseForms } from './choose-forms';
import { choosePackages, OUTSIDE } from './choose-packages';
import { transpile } from './transpile';

/** What Node is told to run: the relay, the thread that has its store, and the commands that check a relay and move a store. */
const ENTRIES = {
  main: 'main.ts',
  'outbox-thread-main': 'outbox/thread/outbox-thread-main.ts',
  'check/main': 'check/main.ts',
  'migrate-store/main': 'migrate-store/main.ts',
};

/** Of the page about the API. */
const API_DOCS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Written beside it by the target `describe-api`. */
const DESCRIPTIONS = ['openapi.json', 'admin-api.d.ts'];

// esbuild names every function, also one that it has left its name. Each costs memory.
const NAMED_ALREADY = /__name\(([\w$]+),"\1"\)/g;

const NAME = '__name=(target,value)=>__defProp(target,"name",{value,configurable:!0})';

/**
 * esbuild names every function each time that it is made: a fifth of what a request costs. All but a few have their name
 * anyway. A class is made once.
 */
function nameClassesAlone(text: string): string {
  if (!text.includes(NAME)) throw new Error('expected esbuild to name functions as it did');
  return text
    .replace(NAME, `__name=target=>target,${NAME.replace('__name', '__nameClass')}`)
    .replaceAll('__name(this,', '__nameClass(this,')
    .replace(NAMED_ALREADY, '$1');
}

/** One file that was written. */
export interface BundledFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes the relay to a folder, and leaves nothing beside it but the description of its API: a script for each entry, the
 * licences of what is in them, the files of the API's page. The same sources give the same bytes.
 */
export async function bundleRelay(workspace: string, target: string): Promise<readonly BundledFile[]> {
  const sources = join(workspace, 'apps/relay/src');
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: workspace,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(sources, file)])),
    outdir: target,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    conditions: ['@segment-userleap/source'],
    tsconfig: join(workspace, 'tsconfig.base.json'),
    plugins: [
      transpile(sources, join(workspace, 'apps/relay/tsconfig.app.json')),
      choosePackages(workspace),
      chooseForms(workspace),
    ],
    external: OUTSIDE,
    // Comments and indents are a third of the bytes, and Node keeps them in memory. Names stay: those of classes are in
    // logs, those of functions in stack traces. Lines are short, for Node prints the one that threw.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    lineLimit: 160,
    legalComments: 'none',
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error('esbuild is not sure of the relay: see above');
  const swagger = dirname(createRequire(join(sources, 'main.ts')).resolve('swagger-ui-dist/package.json'));
  const apiDocs = API_DOCS.map((file) => join(swagger, file));
  const packages = listThirdParty([...Object.keys(metafile.inputs).map((path) => join(workspace, path)), ...apiDocs]);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(target).filter((one) => !DESCRIPTIONS.includes(one))) {
    rmSync(join(target, name), { recursive: true });
  }
  const scripts = outputFiles.map(({ path, text }) => ({ path, text: nameClassesAlone(text) }));
  for (const { path, text } of scripts) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  writeFileSync(join(target, 'THIRD-PARTY-LICENSES.txt'), formatLicences('relay', packages));
  for (const file of apiDocs) cpSync(file, join(target, 'api-docs', basename(file)));
  return scripts.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) }));
}
