import { parseCommandLine } from './parse-command-line';

const FILES = [
  'libs/mapping/src/traits/pick-email.ts',
  'libs/mapping/src/events/map-page.ts',
  'libs/delivery/src/pending.ts',
];

function wanted(...args: readonly string[]): readonly string[] {
  return FILES.filter(parseCommandLine(args).isWanted);
}

describe(parseCommandLine.name, () => {
  it('wants all files, and two workers, where nothing is said', () => {
    expect(wanted()).toEqual(FILES);
    expect(parseCommandLine([]).workers).toBe(2);
  });

  it('takes the end of a path, with stars', () => {
    expect(wanted('--files', 'map-page.ts')).toEqual([FILES[1]]);
    expect(wanted('--files', 'traits/*')).toEqual([FILES[0]]);
    expect(wanted('--files', 'libs/mapping/**')).toEqual([FILES[0], FILES[1]]);
    expect(wanted('--files', 'page.ts')).toEqual([]);
  });

  it('refuses a third worker', () => {
    expect(() => parseCommandLine(['--workers', '3'])).toThrow('--workers: expected 1 or 2');
  });
});
