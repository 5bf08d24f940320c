// Writes the dashboard to dist/apps/relay-dashboard: index.html and the script and the style sheet that it names. Their
// names carry a hash of what is in them, so that a browser may keep them for good.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

// Everything that a first visit loads. More than this is a dependency that crept in.
const MAX_COMPRESSED_BYTES = 150 * 1024;

const project = dirname(fileURLToPath(import.meta.url));
const target = join(project, '../../dist/apps/relay-dashboard');

const { outputFiles } = await build({
  absWorkingDir: project,
  entryPoints: ['src/main.tsx', 'src/styles/main.css'],
  tsconfig: 'tsconfig.app.json',
  outdir: target,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  charset: 'utf8',
  conditions: ['@segment-userleap/source'],
  mainFields: ['es2015', 'module', 'main'],
  // The CommonJS build of validator cannot be shaken.
  alias: { 'validator/lib': 'validator/es/lib' },
  define: { global: 'globalThis' },
  legalComments: 'none',
  logLevel: 'warning',
});

const nameOf = (ending) => basename(outputFiles.find(({ path }) => path.endsWith(ending)).path);
const page = (await readFile(join(project, 'src/index.html'), 'utf8'))
  .replace('main.css', nameOf('.css'))
  .replace('main.js', nameOf('.js'));
const files = [
  { name: 'index.html', contents: page },
  ...outputFiles.map(({ path, contents }) => ({ name: basename(path), contents })),
].map((file) => ({ ...file, compressed: gzipSync(file.contents) }));

const total = files.reduce((sum, { compressed }) => sum + compressed.length, 0);
if (total > MAX_COMPRESSED_BYTES) {
  throw new Error(`The dashboard has ${total} compressed bytes, at most ${MAX_COMPRESSED_BYTES} are allowed`);
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const { name, contents, compressed } of files) {
  await writeFile(join(target, name), contents);
  // For browsers that take it so: the relay itself compresses nothing.
  await writeFile(join(target, `${name}.gz`), compressed);
  console.log(`dist/apps/relay-dashboard/${name}  ${(compressed.length / 1024).toFixed(1)} KB compressed`);
}
