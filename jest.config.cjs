const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** All tests in one run, so that both cores are busy until the end: `npm test`. A project alone: `npx nx test PROJECT`. */
module.exports = {
  projects: ['libs', 'apps', 'tools'].flatMap((folder) =>
    readdirSync(join(__dirname, folder)).flatMap(projectsIn(folder)),
  ),
  passWithNoTests: true,
  // A busy machine takes several times as long as a quiet one.
  testTimeout: 180_000,
  // Tests wait for relays much of the time. Jest itself would run one at a time on two cores.
  maxWorkers: 4,
  testSequencer: '<rootDir>/jest.sequencer.cjs',
  reporters: ['default', '<rootDir>/jest.times.cjs'],
};

/** Those of a project that has several, for a store each, stand in one list with all others: jest takes no lists in lists. */
function projectsIn(folder) {
  return (name) => {
    const file = join(__dirname, folder, name, 'jest.config.cjs');
    if (!existsSync(file)) return [];
    const { projects, ...config } = require(file);
    // Jest takes one limit for a whole run.
    delete config.testTimeout;
    return projects ?? [config];
  };
}
