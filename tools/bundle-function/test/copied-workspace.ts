import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WORKSPACE = join(__dirname, '../../..');
const SOURCES = ['package.json', 'tsconfig.base.json', 'apps/segment-function', 'libs'];
const PACKAGES = ['tslib'];
const NOT_COPIED = /[\\/](?:dist|out-tsc|node_modules)$/;

/** The sources of the Function in a folder of their own, as a clone without git would have them. */
export function copyWorkspace(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'userleap-')));
  for (const source of SOURCES) {
    const filter = (from: string): boolean => !NOT_COPIED.test(from);
    cpSync(join(WORKSPACE, source), join(path, source), { recursive: true, filter });
  }
  const ours = join(path, 'node_modules/@segment-userleap');
  mkdirSync(ours, { recursive: true });
  for (const lib of readdirSync(join(path, 'libs'))) symlinkSync(join(path, 'libs', lib), join(ours, lib));
  for (const name of PACKAGES) symlinkSync(join(WORKSPACE, 'node_modules', name), join(path, 'node_modules', name));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
