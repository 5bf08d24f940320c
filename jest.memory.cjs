const { existsSync, readFileSync, statfsSync } = require('node:fs');

const MEMORY = '/dev/shm';
const NEEDED_BYTES = 4_000_000_000;

/**
 * Lets tests keep their files in memory, so that no relay and no PostgreSQL of theirs waits for a disk. Processes are killed in
 * the tests, machines are not: what was written is there after a kill, wherever it is. Does nothing where there is no such
 * folder, where it is small (in most containers) or nothing in it may be run, and where `TMPDIR` says otherwise.
 */
module.exports = function keepFilesInMemory() {
  if (!process.env.TMPDIR && existsSync(MEMORY) && isLarge() && mayRun()) process.env.TMPDIR = MEMORY;
};

function isLarge() {
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= NEEDED_BYTES;
}

function mayRun() {
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === MEMORY);
  return mount !== undefined && !/\bnoexec\b/.test(mount);
}
