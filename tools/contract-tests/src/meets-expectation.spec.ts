import { loadVectors } from './load-vectors';
import { meetsExpectation } from './meets-expectation';
import { playOnLibs } from './play-on-libs';
import type { Vector } from './vector';

function find(name: string): Vector {
  const vector = loadVectors().find((one) => one.name === name);
  if (!vector) throw new Error(`no vector ${name}`);
  return vector;
}

const VECTOR = find('unknown-users/after-the-grace-time-is-rejected');

describe(meetsExpectation.name, () => {
  it('is true for what was promised', async () => {
    expect(meetsExpectation(VECTOR, await playOnLibs(VECTOR))).toBe(true);
  });

  it.each<[string, (played: Awaited<ReturnType<typeof playOnLibs>>) => object]>([
    ['a request less', ({ requests }) => ({ requests: requests.slice(1) })],
    ['an outcome less', ({ outcomes }) => ({ outcomes: outcomes.slice(1) })],
    ['another reason', ({ outcomes }) => ({ outcomes: outcomes.map((one) => ({ ...one, reason: 'refused' })) })],
    ['no sentence', ({ outcomes }) => ({ outcomes: outcomes.map((one) => ({ ...one, message: undefined })) })],
    ['a delay', ({ outcomes }) => ({ outcomes: outcomes.map((one) => ({ ...one, delayMs: 1 })) })],
    [
      'a warning',
      ({ outcomes }) => ({ outcomes: outcomes.map((one) => ({ ...one, warnings: [{ code: 'x', trait: 'y' }] })) }),
    ],
  ])('is false for %s', async (_, change) => {
    const played = await playOnLibs(VECTOR);
    expect(meetsExpectation(VECTOR, { ...played, ...change(played) })).toBe(false);
  });
});
