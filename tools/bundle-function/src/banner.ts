import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The first lines of the built file: what it is, from which version and commit, under which licences. */
export function makeBanner(workspace: string): string {
  const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string };
  return [
    `// segment-userleap ${version} (${readCommit(workspace)}): Segment Destination Function for UserLeap (Sprig). MIT licence.`,
    '// Built file: change the source, not this. Contains parts of class-validator (MIT, TypeStack).',
  ].join('\n');
}

function readCommit(workspace: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: workspace, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain') === '' ? `commit ${commit}` : `commit ${commit} with changes`;
  } catch {
    return 'no commit'; // an unpacked archive, or no git
  }
}
