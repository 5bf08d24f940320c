import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the pinned binaries are installed: beside the workspace's packages, not among them. */
export const NODE_VERSIONS = join(__dirname, '../../node-versions');

/** The major versions on which Segment runs functions, and that between them. */
export const NODE_MAJORS = [18, 20, 22] as const;

/** Path of the pinned Node of this major version; undefined where it is not installed. */
export function findNode(major: number): string | undefined {
  const path = join(NODE_VERSIONS, `node_modules/node-${major}/bin/node`);
  return existsSync(path) ? path : undefined;
}
