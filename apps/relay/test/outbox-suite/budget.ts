import type { Turn } from '../../src/outbox/port/turn';
import { lease, leaseTurn, settle, turnOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, NOW, SECOND, THERE, track, trackOf } from './sample-events';

// Two at once, the other two spread over the window.
const BUDGET = { id: 'small', requests: 4, windowMs: 100 * SECOND };
// How long a request counts after its answer.
const COUNTS = 100_300;

export function describeBudget({ outbox, reopen }: OutboxUnderTest): void {
  let turn: Promise<Turn> | undefined;
  beforeEach(() => (turn = undefined));
  /** Asks for one more place for a turn that has its first in another budget. */
  const reserve = async (seconds = 0, budget = BUDGET) => {
    turn ??= outbox()
      .accept([trackOf('busy', 'busy')])
      .then(() => leaseTurn(outbox()));
    return outbox().reserve(await turn, budget, NOW + seconds * SECOND);
  };
  const restart = async () => {
    turn = undefined;
    await reopen();
  };
  const used = async (at = NOW) => (await outbox().budgetUse(BUDGET, at)).used;

  let count = 0;
  const leasePlace = async () => {
    await outbox().accept([track(`message ${count++}`)]);
    return leaseTurn(outbox(), { budget: BUDGET });
  };
  const endPlace = (turn: Turn, endedAt: number | null) =>
    settle(outbox(), turn, [DELIVERED], { budget: BUDGET, endedAt });

  /** Sends one request as early as it may go, answered at once. Returns when that was. */
  async function sendOne(earliest: number): Promise<number> {
    await outbox().accept([track(`message ${count++}`)]);
    let leased = await lease(outbox(), { budget: BUDGET, now: earliest });
    const now = leased.kind === 'wait' ? leased.until : earliest;
    if (leased.kind === 'wait') leased = await lease(outbox(), { budget: BUDGET, now });
    const turn = turnOf(leased);
    if (!turn) throw new Error('the budget has no place when it said that it would');
    await endPlace(turn, now);
    return now;
  }

  describe('a budget', () => {
    it('has a place for a first request at once, and counts it', async () => {
      expect(await used()).toBe(0);
      expect(await reserve()).toMatchObject({ kind: 'places', ids: [expect.any(Number)] });
      expect(await used()).toBe(1);
    });

    it('has places that are void when they are not used soon', async () => {
      expect(await leasePlace()).toMatchObject({ usableUntil: NOW + 5 * SECOND });
      expect(await reserve(1)).toMatchObject({ usableUntil: NOW + 6 * SECOND });
    });

    it('makes requests wait for each other past half of it', async () => {
      await reserve();
      await reserve();
      expect(await reserve()).toEqual({ kind: 'wait', until: expect.any(Number) });
      expect(await used()).toBe(2);
    });

    it('forgets how it was spread once it has another limit', async () => {
      await reserve();
      await reserve();
      expect(await reserve(0, { ...BUDGET, requests: 1_000 })).toMatchObject({
        kind: 'places',
        ids: [expect.any(Number)],
      });
    });

    it('has no more places in a window than its limit, and always one soon', async () => {
      const times: number[] = [];
      while (times.length < 20) times.push(await sendOne(times.at(-1) ?? NOW));
      for (const time of times) {
        const inWindow = times.filter((other) => other >= time && other < time + COUNTS);
        expect(inWindow.length).toBeLessThanOrEqual(BUDGET.requests);
      }
      const waits = times.map((time, index) => time - (times[index - 1] ?? NOW));
      expect(Math.max(...waits)).toBeLessThan(0.6 * COUNTS);
    });

    it('counts a request from its answer on for a window and a little more', async () => {
      await endPlace(await leasePlace(), NOW + 7 * SECOND);
      expect(await used(NOW + 7 * SECOND + COUNTS - 1)).toBe(1);
      expect(await used(NOW + 7 * SECOND + COUNTS)).toBe(0);
    });

    it('counts a request whose answer never came for longer than that', async () => {
      await reserve();
      expect(await used(NOW + 10 * SECOND + COUNTS)).toBe(1);
      expect(await used(NOW + 60 * SECOND + COUNTS)).toBe(0);
    });

    it('does not count a request that was never sent', async () => {
      await endPlace(await leasePlace(), null);
      expect(await used()).toBe(0);
    });

    it('has the next place for another where a request was never sent', async () => {
      let now = NOW;
      for (let request = 0; request < 12; request += 1) now = await sendOne(now);
      await outbox().accept([track('unsent'), trackOf('bert', 'sent')]);
      const leased = await lease(outbox(), { budget: BUDGET, now });
      if (leased.kind !== 'wait') throw new Error('the budget has a place too early');
      now = leased.until;
      await endPlace(await leaseTurn(outbox(), { budget: BUDGET, now }), null);
      expect(await lease(outbox(), { budget: BUDGET, now })).toMatchObject({ kind: 'turns' });
    });

    it('is shared by all that have its id', async () => {
      await outbox().accept([track('one'), track('one', { destination: THERE })]);
      await leaseTurn(outbox(), { budget: BUDGET });
      await leaseTurn(outbox(), { budget: { ...BUDGET }, destination: THERE });
      expect(await used()).toBe(2);
      expect(await outbox().budgetUse({ ...BUDGET, id: 'other' }, NOW)).toEqual({
        used: 0,
        blockedUntil: 0,
        nextAt: NOW,
      });
    });

    it('is never exceeded by many who ask at the same time', async () => {
      const reserved = await Promise.all(Array.from({ length: 20 }, () => reserve()));
      expect(reserved.filter(({ kind }) => kind === 'places')).toHaveLength(2);
    });

    it('is kept over a restart, what was in flight included', async () => {
      await reserve();
      await reserve();
      await restart();
      expect(await used()).toBe(2);
      expect(await reserve()).toMatchObject({ kind: 'wait' });
    });
  });

  describe('a clock that was ahead', () => {
    const DAY = 24 * 60 * 60;

    it('holds no request up: what lies further ahead than it can counts as now', async () => {
      await reserve(DAY);
      await reserve(DAY);
      await outbox().block(BUDGET, NOW + (DAY + 9) * SECOND);
      expect(await outbox().budgetUse(BUDGET, NOW)).toEqual({ used: 0, blockedUntil: 0, nextAt: NOW });
      expect(await reserve()).toMatchObject({ kind: 'places' });
    });

    it('does not bring back a block that was over', async () => {
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      await reserve(10);
      expect(await outbox().budgetUse(BUDGET, NOW - 60 * SECOND)).toMatchObject({ blockedUntil: 0 });
    });

    it('can be told to wait again', async () => {
      await outbox().block(BUDGET, NOW + DAY * SECOND);
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      expect(await reserve()).toEqual({ kind: 'wait', until: NOW + 9 * SECOND });
    });

    it('leaves nothing behind that counts when its time comes', async () => {
      await reserve(DAY);
      await outbox().dropFarPlaces(BUDGET, NOW + DAY * SECOND);
      expect(await used(NOW + DAY * SECOND)).toBe(1);
      await outbox().dropFarPlaces(BUDGET, NOW);
      expect(await used(NOW + DAY * SECOND)).toBe(0);
    });
  });

  describe('a budget that is blocked', () => {
    it('has no place until then', async () => {
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      expect(await reserve()).toEqual({ kind: 'wait', until: NOW + 9 * SECOND });
      expect(await outbox().budgetUse(BUDGET, NOW)).toEqual({
        used: 0,
        blockedUntil: NOW + 9 * SECOND,
        nextAt: NOW + 9 * SECOND,
      });
      expect(await reserve(9)).toMatchObject({ kind: 'places' });
    });

    it('stays so for the longest time that it was told, also over a restart', async () => {
      await reserve();
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      await outbox().block(BUDGET, NOW + 5 * SECOND);
      await restart();
      expect(await reserve(8)).toEqual({ kind: 'wait', until: NOW + 9 * SECOND });
    });

    it('leaves other budgets alone', async () => {
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      expect(await reserve(0, { ...BUDGET, id: 'other' })).toMatchObject({ kind: 'places' });
    });
  });

  describe('a lane and its place in the budget', () => {
    it('come together', async () => {
      await outbox().accept([track('one')]);
      const { id } = await leaseTurn(outbox(), { budget: BUDGET });
      expect(id).toEqual(expect.any(Number));
      expect(await used()).toBe(1);
    });

    it('are not given where the budget has none: the lane stays ready', async () => {
      await outbox().block(BUDGET, NOW + 9 * SECOND);
      await outbox().accept([track('one')]);
      expect(await lease(outbox(), { budget: BUDGET })).toEqual({ kind: 'wait', until: NOW + 9 * SECOND });
      expect((await leaseTurn(outbox(), { budget: BUDGET, now: NOW + 9 * SECOND })).lanes).toHaveLength(1);
    });

    it('are not given where no lane is ready: the place stays free', async () => {
      await lease(outbox(), { budget: BUDGET });
      expect(await used()).toBe(0);
    });
  });
}
