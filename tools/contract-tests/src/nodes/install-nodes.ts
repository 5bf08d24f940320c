import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_VERSIONS } from './node-versions';

// By hand, not by a workspace: npm would link one of the binaries as `node`, before the real one in each script's PATH.
if (!isInstalled()) {
  const { status } = spawnSync('npm', ['ci'], {
    cwd: NODE_VERSIONS,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.warn('npm ci failed: the tests name the versions of Node on which they are not run');
}

function isInstalled(): boolean {
  const { optionalDependencies } = readManifest('.') as { optionalDependencies: Record<string, string> };
  return Object.entries(optionalDependencies).every(([name, pin]) => {
    const { version } = readManifest(`node_modules/${name}`) as { version?: string };
    return version !== undefined && pin.endsWith(`@${version.replace(/^v/, '')}`);
  });
}

function readManifest(folder: string): object {
  try {
    return JSON.parse(readFileSync(join(NODE_VERSIONS, folder, 'package.json'), 'utf8')) as object;
  } catch {
    return {};
  }
}
