import type { Settlement } from '../outbox/port/turn';
import { VirtualClock } from '../../test/virtual-clock';
import { Settlements } from './settlements';

function settlementOf(id: number): Settlement {
  const turn = { id, destination: 'here', lanes: [], events: [], usableUntil: 0, isPurge: false, isBackfilled: false };
  const nothing = {
    results: [],
    requests: [],
    places: [],
    learnt: [],
    hasAnswered: false,
    givenBack: [],
    eventNames: { sent: [], heldBack: [] },
    next: new Map(),
    memories: new Map(),
  };
  return { turn, environment: 'here', now: 0, budget: { id: 'here', requests: 1, windowMs: 1 }, ...nothing };
}

describe(Settlements.name, () => {
  let clock: VirtualClock;
  let asked: (readonly number[])[];
  let kept: number[];
  let failures: number;
  let lines: string[];
  let settle: (ids: readonly number[]) => Promise<readonly number[]>;
  let settlements: Settlements;

  beforeEach(() => {
    clock = new VirtualClock();
    asked = [];
    kept = [];
    failures = 0;
    lines = [];
    settle = async () => [];
    const outside = {
      clock,
      outbox: {
        settle: (some: readonly Settlement[]) => {
          const ids = some.map(({ turn }) => turn.id);
          asked.push(ids);
          return settle(ids);
        },
      },
      alarm: { failed: () => void (failures += 1), worked: () => undefined },
      observer: { settled: ({ turn }: Settlement) => void kept.push(turn.id) },
      logger: { warn: (line: string) => void lines.push(line) },
    };
    settlements = new Settlements('here', outside, () => undefined);
  });
  const keep = (...ids: readonly number[]) => ids.forEach((id) => settlements.keep(settlementOf(id)));
  const allKept = (count: number) => clock.until(() => kept.length === count);

  it('keeps together what ends together, or while others are kept', async () => {
    let end: () => void = () => undefined;
    settle = () => new Promise((resolve) => (end = () => resolve([])));
    keep(1, 2);
    await clock.until(() => asked.length === 1);
    keep(3);
    keep(4);
    settle = async () => [];
    end();
    await allKept(4);
    expect(asked).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(settlements.waiting).toBe(0);
  });

  it('tries again what could not be kept, in smaller parts', async () => {
    settle = async (ids) => {
      if (ids.length > 2) throw new Error('timed out');
      return [];
    };
    keep(1, 2, 3, 4, 5, 6, 7);
    await allKept(7);
    expect(asked.slice(0, 3)).toEqual([[1, 2, 3, 4, 5, 6, 7], [1, 2, 3], [1]]);
    expect([...kept].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps the others where one fails again and again', async () => {
    settle = async (ids) => {
      if (ids.includes(2)) throw new Error('this one cannot be kept');
      return [];
    };
    keep(1, 2, 3, 4);
    await allKept(3);
    expect([...kept].sort()).toEqual([1, 3, 4]);
    expect(settlements.waiting).toBe(1);
  });

  it('says so, and tells nobody of the end, where another relay has taken a turn over', async () => {
    settle = async () => [1];
    keep(1);
    await clock.until(() => lines.length > 0);
    expect([kept, lines]).toEqual([[], ['destination here: another relay has taken over what was in flight']]);
  });

  it('stops when all is kept', async () => {
    keep(1, 2);
    await settlements.stop();
    expect(kept).toEqual([1, 2]);
  });

  it('stops after three more tries where nothing can be kept', async () => {
    settle = () => Promise.reject(new Error('disk full'));
    keep(1);
    await clock.until(() => failures === 2);
    let isStopped = false;
    void settlements.stop().then(() => (isStopped = true));
    await clock.until(() => isStopped);
    expect(failures).toBe(5);
  });
});
