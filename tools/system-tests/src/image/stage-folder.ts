import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { textsOf } from './read-dockerfile';
import type { Stage } from './read-dockerfile';

const WORKSPACE = join(__dirname, '../../../..');

/** What a stage copies, from what is built in this workspace, in a folder of its own: what the image would hold in `/app`. */
export class StageFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'system-tests-'));

  /** Throws where something is to be copied that there is not. */
  constructor(stage: Stage) {
    for (const text of textsOf(stage, 'COPY')) {
      const [, source = '', target = ''] = /^--from=build \/app\/(\S+) (\S+)$/.exec(text) ?? [];
      if (source === '') throw new Error(`expected a COPY from build below /app, got ${text}`);
      // With a slash at its end it is the folder that the copy goes to.
      const copy = join(this.path, target.endsWith('/') ? join(target, basename(source)) : target);
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(join(WORKSPACE, source), copy, { recursive: true });
    }
  }

  /** In bytes. */
  size(): number {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
