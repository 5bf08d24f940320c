import { createFunctionHost } from '@segment-userleap/segment-runtime';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleFunction } from '../src/bundle-function';
import { copyWorkspace } from './copied-workspace';

// Written out a second time on purpose: the build's own list is what is tested.
const HANDLERS = ['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete', 'onBatch'];

const BUILT = join(__dirname, '../../../dist/segment-function');

type Files = Readonly<Record<string, string>>;

/** The built files by name, built from a copy of the sources, with the copy as working directory. */
async function bundleInOtherFolder(): Promise<{ readonly folder: string; readonly files: Files }> {
  const copy = copyWorkspace();
  const before = process.cwd();
  process.chdir(copy.path);
  try {
    const written = await bundleFunction(copy.path);
    const files = written.map(({ path }) => [basename(path), readFileSync(path, 'utf8')] as const);
    return { folder: copy.path, files: Object.fromEntries(files) };
  } finally {
    process.chdir(before);
    copy.remove();
  }
}

describe(bundleFunction.name, () => {
  let files: Files;
  let folder: string;
  const textOf = (name: string): string => files[name] ?? '';

  beforeAll(async () => ({ files, folder } = await bundleInOtherFolder()), 120_000);

  it('writes the same bytes in another folder, but for the commit, which is unknown there', () => {
    const withoutCommit = (text: string): string => text.replace(/\((?:no commit|commit [^)]+)\)/, '');
    const builtHere = (name: string): string => readFileSync(join(BUILT, name), 'utf8');
    const differing = Object.keys(files).filter(
      (name) => withoutCommit(textOf(name)) !== withoutCommit(builtHere(name)),
    );
    expect(differing).toEqual([]);
  });

  it('writes nothing of where or when it was built', () => {
    const all = Object.values(files).join('\n');
    expect(all).not.toContain(folder);
    expect(all).not.toMatch(/(?:^|[\s'"(])\/(?:home|root|tmp|Users)\//);
    expect(all).not.toContain(new Date().toISOString().slice(0, 10));
  });

  it.each(['userleap.js', 'userleap.min.js'])(
    'names in %s what of others is in it, and keeps their licences',
    (name) => {
      const [, line = ''] = textOf(name).split('\n');
      expect(line).toMatch(/^\/\/ Contains parts of tslib \S+ \(0BSD\); licences: THIRD-PARTY-/);
      expect(textOf('THIRD-PARTY-LICENSES.txt')).toMatch(/tslib [^]*Microsoft/);
    },
  );

  it.each(['userleap.js', 'userleap.min.js'])('exposes all eight handlers of %s in both ways of loading', (name) => {
    for (const loader of ['script', 'wrapper'] as const) {
      expect(createFunctionHost({ code: textOf(name), loader }).handlers).toEqual(HANDLERS);
    }
  });

  describe('the readable file', () => {
    it('has our modules, each below what it uses, the handlers last', () => {
      const headings: readonly string[] = textOf('userleap.js').match(/(?<=^ *\/\/ )(?:libs|apps)\/\S+$/gm) ?? [];
      expect(headings.at(-1)).toBe('apps/segment-function/src/handlers.ts');
      const [one = NaN, all = NaN] = ['map-track', 'map-event'].map((name) =>
        headings.indexOf(`libs/mapping/src/events/${name}.ts`),
      );
      expect(one).toBeGreaterThan(0);
      expect(all).toBeGreaterThan(one);
    });

    it('keeps comments', () => {
      expect(textOf('userleap.js')).toMatch(/^ *\/\*\* Brings events to UserLeap .*\n *async function deliver\(/m);
      expect(textOf('userleap.js')).toMatch(/^ *\/\/ Segment ends a call after 5 s .*\n *const CALL_BUDGET_MS/m);
    });

    it('has one helper, that of decorators', () => {
      expect(textOf('userleap.js').match(/(?<=^ *(?:function|const|let|var|class) )__\w*/gm)).toEqual(['__decorate']);
    });
  });
});
