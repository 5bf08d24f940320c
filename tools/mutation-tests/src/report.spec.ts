import { findStale } from './equivalents';
import type { Fate, Played } from './play-mutants';
import { scoreByPart, survivorsOf } from './report';

function play(file: string, replacement: string, fate: Fate): Played {
  const lineText = 'if (a > b) return;';
  return { mutant: { id: '1', file, line: 3, lineText, mutator: 'X', source: 'a > b', replacement }, fate };
}

const PAGE = 'libs/mapping/src/events/map-page.ts';
const SLICES = 'libs/delivery/src/slices.ts';
const PLAYED = [
  play(PAGE, 'true', 'killed'),
  play(PAGE, 'a >= b', 'survived'),
  play(PAGE, 'false', 'timed-out'),
  play(SLICES, 'true', 'uncovered'),
];
const EQUIVALENT = {
  file: PAGE,
  lineText: 'if (a > b) return;',
  mutator: 'X',
  source: 'a > b',
  why: 'They are never equal.',
};

describe(scoreByPart.name, () => {
  it('counts by part, and all', () => {
    expect(
      scoreByPart(PLAYED, []).map(({ part, mutants, killed, survived }) => [part, mutants, killed, survived]),
    ).toEqual([
      ['events', 3, 2, 1],
      ['delivery', 1, 0, 1],
      ['all', 4, 2, 2],
    ]);
  });

  it('counts equivalent mutants out', () => {
    const [events] = scoreByPart(PLAYED, [{ ...EQUIVALENT, replacement: 'a >= b' }]);
    expect(events).toMatchObject({ killed: 2, equivalent: 1, survived: 0, score: 100 });
  });
});

describe(survivorsOf.name, () => {
  it('takes a mutant for equivalent only where the text of its line is the same', () => {
    const other = { ...EQUIVALENT, replacement: 'a >= b', lineText: 'return a > b;' };
    expect(survivorsOf(PLAYED, [other])).toEqual([PLAYED[1], PLAYED[3]]);
  });
});

describe(findStale.name, () => {
  it('finds entries whose mutant is gone, or is noticed', () => {
    const noticed = { ...EQUIVALENT, replacement: 'true' };
    const gone = { ...EQUIVALENT, replacement: 'b > a' };
    expect(findStale([noticed, gone, { ...EQUIVALENT, replacement: 'a >= b' }], PLAYED)).toEqual([noticed, gone]);
  });

  it('says nothing of files that were not played', () => {
    const elsewhere = { ...EQUIVALENT, replacement: 'true', file: 'libs/mapping/src/events/map-track.ts' };
    expect(findStale([elsewhere], PLAYED)).toEqual([]);
  });
});
