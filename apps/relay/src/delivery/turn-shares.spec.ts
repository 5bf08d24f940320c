import type { Turn } from '../outbox/port/turn';
import { TurnShares } from './turn-shares';

function turns(count: number, isBackfilled: boolean): readonly Turn[] {
  const flags = { isParked: false, isBackfilled, isKnown: true };
  const lanes = [{ lane: 'anna', attempts: 0, ...flags, memory: null, tracked: null, lastDelete: null, doubt: null }];
  return Array.from({ length: count }, (_, id) => {
    return { id, destination: 'here', lanes, events: [], usableUntil: 0, isPurge: false, isBackfilled };
  });
}

describe(TurnShares.name, () => {
  it('counts live turns up to those that give a backfill one', () => {
    const shares = new TurnShares();
    shares.note(turns(5, false));
    expect(shares.of(1).liveTurns).toBe(5);
    shares.note(turns(50, false));
    expect(shares.of(1).liveTurns).toBe(9);
    shares.note(turns(1, true));
    expect(shares.of(1).liveTurns).toBe(0);
  });

  it('begins anew where a backfill had its turn, and nothing of it was ready', () => {
    const shares = new TurnShares();
    shares.note(turns(9, false));
    shares.note(turns(1, false));
    expect(shares.of(1).liveTurns).toBe(0);
  });

  it('counts as its share what a backfill had while nothing else was ready, but not all of it', () => {
    const shares = new TurnShares();
    shares.note(turns(3, true));
    expect(shares.of(1).liveTurns).toBe(-27);
    shares.note(turns(1_000, true));
    expect(shares.of(1).liveTurns).toBe(-90);
  });

  it('counts look-ups of backfilled lanes apart', () => {
    const shares = new TurnShares();
    shares.note(turns(9, true));
    expect(shares.of(1)).toMatchObject({ lookUpsFirst: 0, backfilledLookUpsFirst: 1 });
    shares.note(turns(9, false));
    expect(shares.of(1)).toMatchObject({ lookUpsFirst: 1, backfilledLookUpsFirst: 1 });
  });
});
