import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const WORKSPACE = join(__dirname, '../../..');

interface Installed {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function textOf(file: string): string {
  return readFileSync(join(WORKSPACE, file), 'utf8');
}

const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const PINS = { ...dependencies, ...devDependencies };
const LOCKED = (JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Installed> }).packages;

/** Where Node looks for `name` from the folder of a package, from there upwards. */
function isLocked(name: string, folder: string): boolean {
  if (join(folder, 'node_modules', name) in LOCKED) return true;
  return folder !== '' && isLocked(name, dirname(folder) === '.' ? '' : dirname(folder));
}

describe('what is installed', () => {
  it('is pinned exactly', () => {
    expect(
      Object.entries(PINS).filter(([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  it('has its reason in docs/dependencies.md, which names nothing else', () => {
    const rows = textOf('docs/dependencies.md').match(/^\| `[^|]*/gm) ?? [];
    const named = rows.flatMap((row) => row.match(/(?<=`)[^`, ]+(?=`)/g) ?? []);
    expect(named.sort()).toEqual(Object.keys(PINS).sort());
  });

  // A release that some registries know without some of its platforms makes a lock file that installs here only.
  it('is locked for every platform', () => {
    const missing = Object.entries(LOCKED).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, folder)),
    );
    expect(missing).toEqual([]);
  });

  it('is locked without the address of a registry', () => {
    const addresses = Object.values(LOCKED).flatMap(({ resolved = '' }) =>
      resolved.startsWith('http') ? [resolved] : [],
    );
    expect(addresses).toEqual([]);
  });
});
