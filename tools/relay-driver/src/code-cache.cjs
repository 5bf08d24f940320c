// Preloaded into relays of the tests (node --require), of which there are hundreds: each finds its scripts compiled, as the
// first has left them. Node 20 has no cache for that of its own.
const { Buffer } = require('node:buffer');
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { constants, Script } = require('node:vm');

const WORKSPACE = join(__dirname, '../../..');
const BUILT = join(WORKSPACE, 'dist/apps/relay/');
const CACHE = join(WORKSPACE, 'node_modules/.cache/relay-driver');

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename) {
  if (!filename.startsWith(BUILT)) return compile.call(this, content, filename);
  const path = join(CACHE, `${basename(filename)}-${process.version}`);
  const stamp = stampOf(filename);
  const cachedData = read(path, stamp);
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(Module.wrap(content), { filename, cachedData, importModuleDynamically });
  // By then it holds what was compiled while it ran, too.
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', () => {
      // As they are when the next one starts (the relay's keep-heap-small.ts): V8 takes nothing of other options.
      setFlagsFromString('--heap-growing-percent=0');
      write(path, stamp, script.createCachedData());
    });
  }
  const run = script.runInThisContext();
  return run.call(this.exports, this.exports, Module.createRequire(filename), this, filename, dirname(filename));
};

/** Of each build another: to hash all that it holds would take longer than to compile it. */
function stampOf(filename) {
  const { size, mtimeMs } = statSync(filename);
  return Buffer.from(new Float64Array([size, mtimeMs]).buffer);
}

/** What an earlier process has left; undefined where that was of another script. */
function read(path, stamp) {
  if (!existsSync(path)) return undefined;
  const kept = readFileSync(path);
  return kept.subarray(0, stamp.length).equals(stamp) ? kept.subarray(stamp.length) : undefined;
}

/** In one step: others may read it at any time. */
function write(path, stamp, data) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${path}-${process.pid}`, Buffer.concat([stamp, data]));
  renameSync(`${path}-${process.pid}`, path);
}
