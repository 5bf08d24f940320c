import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { textsOf } from './read-dockerfile';
import type { Stage } from './read-dockerfile';

const WORKSPACE = join(__dirname, '../../../..');
const OURS = '@segment-userleap';

/** What a stage copies, from what is built in this workspace, in a folder of its own: what the image would hold in `/app`. */
export class StageFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'system-tests-'));

  /** Throws where something is to be copied that there is not. */
  constructor(stage: Stage) {
    for (const text of textsOf(stage, 'COPY')) {
      const [, from, source = '', target = ''] = /^--from=(\w+) \/app\/(\S+) (\S+)$/.exec(text) ?? [];
      if (from === 'build') this.#copy(source, target, () => true);
      else if (from === 'dependencies' && source === 'node_modules') this.#linkPackages();
      // There is nothing but this in that stage.
      else if (from === 'dependencies') this.#copy(source, target, (path) => path.endsWith('package.json'));
      else throw new Error(`expected a COPY from build or dependencies below /app, got ${text}`);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #copy(source: string, target: string, isWanted: (path: string) => boolean): void {
    for (const entry of readdirSync(join(WORKSPACE, source), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || path.includes('node_modules') || !isWanted(path)) continue;
      const copy = join(this.path, target, path.slice(join(WORKSPACE, source).length));
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(path, copy);
    }
  }

  /** As `npm ci --omit=dev` leaves them: links in place of copies, but for our own, which are links there, too. */
  #linkPackages(): void {
    const { packages } = JSON.parse(readFileSync(join(WORKSPACE, 'package-lock.json'), 'utf8')) as {
      packages: Readonly<Record<string, { readonly dev?: boolean }>>;
    };
    const paths = Object.keys(packages).filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path));
    for (const path of paths.filter((one) => packages[one]?.dev !== true)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      const isOurs = path.includes(`/${OURS}/`);
      const target = isOurs ? readlinkSync(join(WORKSPACE, path)) : join(WORKSPACE, path);
      symlinkSync(target, join(this.path, path));
    }
  }
}
