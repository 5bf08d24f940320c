const { TestEnvironment } = require('jest-environment-node');
const vm = require('node:vm');

const { compileFunction } = vm;
/** By file: what was compiled, and of which code. */
const compiled = new Map();

/** For jest: each file of tests loads its modules anew, but a worker compiles none of them twice. */
module.exports = class CompileOnceEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // Coverage is told in places of the code as jest compiles it.
    if (!config.globalConfig.collectCoverage) vm.compileFunction = compileOnce;
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
