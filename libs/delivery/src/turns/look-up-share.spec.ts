import { LookUpShare } from './look-up-share';

function turns(count: number, isParked: boolean) {
  return Array.from({ length: count }, () => ({ lanes: [{ isParked }] }));
}

describe(LookUpShare.name, () => {
  it('lets a look-up go first after nine deliveries, and then not before nine more', () => {
    const share = new LookUpShare();
    for (let round = 0; round < 3; round += 1) {
      for (let deliveries = 0; deliveries < 9; deliveries += 1) {
        expect(share.of(1)).toBe(0);
        share.note(turns(1, false));
      }
      expect(share.of(1)).toBe(1);
      share.note(turns(1, true));
    }
    expect(share.of(1)).toBe(0);
  });

  it('lets a tenth of many turns be look-ups that go first', () => {
    const share = new LookUpShare();
    expect([share.of(9), share.of(10), share.of(55)]).toEqual([0, 1, 5]);
    share.note([...turns(5, true), ...turns(50, false)]);
    expect(share.of(1)).toBe(1);
    expect(share.of(11)).toBe(2);
  });
});
