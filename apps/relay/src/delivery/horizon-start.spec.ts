import { horizonStart } from './horizon-start';

const NOW = 1_000;

describe(horizonStart.name, () => {
  it('lies the horizon back where nothing was paused', () => {
    expect(horizonStart(NOW, 100, [])).toBe(900);
  });

  it('lies back by what was paused meanwhile, too', () => {
    expect(horizonStart(NOW, 100, [{ from: 920, until: 970 }])).toBe(850);
    expect(
      horizonStart(NOW, 100, [
        { from: 500, until: 930 },
        { from: 950, until: 980 },
      ]),
    ).toBe(440);
  });

  it('counts what overlaps once, in whatever order it comes', () => {
    const inner = { from: 930, until: 940 };
    const outer = { from: 920, until: 970 };
    const later = { from: 960, until: 980 };
    for (const pauses of [
      [inner, outer, later],
      [later, inner, outer],
      [outer, later, inner, outer],
    ]) {
      expect(horizonStart(NOW, 100, pauses)).toBe(840);
    }
  });

  it('takes no notice of pauses that ended before it', () => {
    expect(horizonStart(NOW, 100, [{ from: 0, until: 899 }])).toBe(900);
  });

  it('lies before a pause that began when all the horizon was left but nothing more: what came in it has not waited longer', () => {
    expect(horizonStart(NOW, 100, [{ from: 300, until: 900 }])).toBe(300);
  });

  it('stands still in a pause that goes on', () => {
    const pauses = [{ from: 950, until: null }];
    expect(horizonStart(NOW, 100, pauses)).toBe(850);
    expect(horizonStart(NOW + 5_000, 100, pauses)).toBe(850);
  });

  it('gives no time back where a clock was set back: a pause that ends in the future ends now', () => {
    expect(horizonStart(NOW, 100, [{ from: 950, until: 2_000 }])).toBe(850);
    expect(horizonStart(NOW, 100, [{ from: 1_500, until: 2_000 }])).toBe(900);
  });
});
