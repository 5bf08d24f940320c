const { relative } = require('node:path');
const CompileOnceEnvironment = require('../../../jest.environment.cjs');

/** For jest: names a file as not run, and skips all of it, where there is no PostgreSQL. */
module.exports = class PostgresEnvironment extends CompileOnceEnvironment {
  #path;

  constructor(config, context) {
    super(config, context);
    this.#path = relative(config.projectConfig.rootDir, context.testPath);
  }

  handleTestEvent({ name }, { rootDescribeBlock }) {
    if (name !== 'setup' || process.env.TEST_POSTGRES_URL) return;
    rootDescribeBlock.mode = 'skip';
    console.warn(`${this.#path} is not run: no PostgreSQL`);
  }
};
