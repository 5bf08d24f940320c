const { TestEnvironment } = require('jest-environment-node');
const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');

const { compileFunction } = vm;
const { run } = AsyncLocalStorage.prototype;
/** By file: what was compiled, and of which code. */
const compiled = new Map();
/** What a file of tests has used: one of Jest's at least. */
const storages = new Set();

AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return run.apply(this, args);
};

/**
 * For jest: each file of tests loads its modules anew, but a worker compiles none of them twice. And what a file leaves to be
 * carried along with every promise ends with it: else the promises of a worker are the slower the more files it has run.
 */
module.exports = class CompileOnceEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // Coverage is told in places of the code as jest compiles it.
    if (!config.globalConfig.collectCoverage) vm.compileFunction = compileOnce;
  }

  async teardown() {
    for (const storage of storages) storage.disable();
    storages.clear();
    await super.teardown();
  }
};

function compileOnce(code, parameters, options) {
  if (!options?.parsingContext) return compileFunction(code, parameters, options);
  const { filename, parsingContext } = options;
  let known = compiled.get(filename);
  if (known?.code !== code) {
    known = { code, script: compile(code, parameters, filename) };
    compiled.set(filename, known);
  }
  return known.script?.runInContext(parsingContext) ?? compileFunction(code, parameters, options);
}

/** Undefined where the code may import while it runs: that is bound to one file of tests. */
function compile(code, parameters, filename) {
  if (/\bimport\s*\(/.test(code)) return undefined;
  const head = `(function(${parameters.join(',')}){`;
  return new vm.Script(`${head}${code}\n})`, { filename, columnOffset: -head.length });
}
