import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RELAY } from '@segment-userleap/relay-driver';

const WORKSPACE = join(__dirname, '../../..');

/** A copy of the built relay, as an image would hold it, with other files beside it than those that are built here. */
export class BuiltCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
  readonly main = join(this.folder, 'dist/apps/relay/main.js');

  /** `files`: content by path in the copy. */
  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    cpSync(dirname(RELAY), dirname(this.main), { recursive: true });
    symlinkSync(join(WORKSPACE, 'node_modules'), join(this.folder, 'node_modules'));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
