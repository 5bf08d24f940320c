import { reasoned } from '@segment-userleap/mapping';
import { Bulks } from './bulks';

describe(Bulks.name, () => {
  let elapsed: number;
  const warnings: string[] = [];
  const bulksOf = (bulkUpserts = true) =>
    new Bulks(
      { name: 'here', bulkUpserts },
      { clock: { elapsed: () => elapsed }, logger: { warn: (message) => void warnings.push(message) } },
    );
  beforeEach(() => {
    elapsed = 0;
    warnings.length = 0;
  });

  it('are none where they are off', () => {
    expect(bulksOf(false).next(true)).toEqual({});
  });

  it('are of more than 1,000 users', () => {
    expect(bulksOf().next(true)).toEqual({ bulk: { least: 1_001, most: 5_000 } });
  });

  it('go one at a time, each once the end of the one before is kept', () => {
    const bulks = bulksOf();
    bulks.begin();
    expect(bulks.next(true)).toMatchObject({ bulk: { isBusy: true } });
    bulks.note({ results: [] }, false);
    expect(bulks.next(false)).toMatchObject({ bulk: { isBusy: true } });
    expect(bulks.next(true).bulk?.isBusy).toBeUndefined();
  });

  it.each([
    ['UserLeap refuses one', [], true],
    ['the key may not send one', [{ id: 1, outcome: reasoned('retry', 'unauthorized') }], false],
  ])('are none for an hour once %s, and it says so', (_, results, isRefused) => {
    const bulks = bulksOf();
    bulks.note({ results }, isRefused);
    expect(warnings).toEqual([expect.stringContaining('refuses bulk upserts')]);
    elapsed = 3_599_999;
    expect(bulks.next(true)).toEqual({});
    elapsed = 3_600_000;
    expect(bulks.next(true)).toHaveProperty('bulk');
  });

  it('go on where UserLeap fails', () => {
    const bulks = bulksOf();
    bulks.note({ results: [{ id: 1, outcome: reasoned('retry', 'server_error') }] }, false);
    expect(bulks.next(true)).toHaveProperty('bulk');
  });
});
