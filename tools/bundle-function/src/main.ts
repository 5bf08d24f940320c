import { join, relative } from 'node:path';
import { bundleFunction } from './bundle-function';

const workspace = join(__dirname, '../../..');

bundleFunction(workspace).then(
  (files) => {
    for (const { path, bytes } of files) {
      console.log(`${relative(workspace, path)}  ${(bytes / 1024).toFixed(1)} KB`);
    }
    console.log(`
Next, in Segment: Connections → Catalog → Functions → New function → Destination.
1. Paste dist/segment-function/userleap.js (or userleap.min.js) into the editor, in place of what is there.
2. Add the settings that dist/segment-function/settings.json lists; apiKey is the only required one.
3. Save, try a test event, deploy, and connect the function to a source.`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
