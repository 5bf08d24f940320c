import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThirdParty } from './third-party';

/** The first lines of the built file: what it is, from which version and commit, what of others is in it. */
export function makeBanner(workspace: string, thirdParty: readonly ThirdParty[]): string {
  const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string };
  const others = thirdParty.map(({ title }) => title).join(', ');
  return [
    `// segment-userleap ${version} (${readCommit(workspace)}): Segment Destination Function for UserLeap (Sprig). MIT licence.`,
    `// Contains parts of ${others}; licences: THIRD-PARTY-LICENSES.txt.`,
    '// Built file: change the source, not this.',
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
