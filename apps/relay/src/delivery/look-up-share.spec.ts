import type { Turn } from '../outbox/port/turn';
import { LookUpShare } from './look-up-share';

function turn(isParked: boolean): Turn {
  const lanes = [{ lane: 'anna', attempts: 0, isParked, lastDelete: null }];
  return { id: 1, destination: 'here', lanes, events: [], usableUntil: 0, isPurge: false };
}

describe(LookUpShare.name, () => {
  it('lets a look-up go first after nine deliveries, and then not before nine more', () => {
    const share = new LookUpShare();
    for (let round = 0; round < 3; round += 1) {
      for (let deliveries = 0; deliveries < 9; deliveries += 1) {
        expect(share.isNext).toBe(false);
        share.note(turn(false));
      }
      expect(share.isNext).toBe(true);
      share.note(turn(true));
    }
    expect(share.isNext).toBe(false);
  });
});
