import { join, relative } from 'node:path';
import { bundleRelay } from './bundle-relay';

const workspace = join(__dirname, '../../..');

bundleRelay(workspace, join(workspace, 'dist/apps/relay')).then(
  (files) => {
    for (const { path, bytes } of files) {
      console.log(`${relative(workspace, path)}  ${(bytes / 1024).toFixed(0)} KB`);
    }
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
