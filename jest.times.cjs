/** For jest: prints how long each project took, and the files that took longest. */
module.exports = class TimesReporter {
  #files = [];

  onTestResult({ path, context }, { perfStats, numPassingTests, numPendingTests }) {
    const { displayName, rootDir } = context.config;
    const project = displayName?.name ?? rootDir;
    const file = path.slice(rootDir.length + 1);
    this.#files.push({ project, file, ms: perfStats.runtime, passed: numPassingTests, skipped: numPendingTests });
  }

  onRunComplete() {
    const projects = new Map();
    for (const { project, ms, passed, skipped } of this.#files) {
      const sum = projects.get(project) ?? { ms: 0, files: 0, passed: 0, skipped: 0 };
      projects.set(project, {
        ms: sum.ms + ms,
        files: sum.files + 1,
        passed: sum.passed + passed,
        skipped: sum.skipped + skipped,
      });
    }
    console.log('\nHow long each project took, its files one after the other:');
    for (const [project, { ms, files, passed, skipped }] of byTime([...projects], ([, sum]) => sum.ms)) {
      const left = skipped === 0 ? '' : `, ${skipped} skipped`;
      console.log(`${seconds(ms)}  ${project}: ${files} files, ${passed} passed${left}`);
    }
    console.log('\nThe files that took longest:');
    for (const { project, file, ms } of byTime(this.#files, ({ ms }) => ms).slice(0, 10)) {
      console.log(`${seconds(ms)}  ${project}: ${file}`);
    }
  }
};

function byTime(list, timeOf) {
  return [...list].sort((a, b) => timeOf(b) - timeOf(a));
}

function seconds(ms) {
  return `${(ms / 1_000).toFixed(1)} s`.padStart(9);
}
