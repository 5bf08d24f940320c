import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import { planNextAttempt } from './plan-next-attempt';

const NOW = Date.UTC(2026, 0, 1);
const DELIVERED: Outcome = { outcome: 'delivered', warnings: [] };

function retry(reason: ReasonCode, delayMs?: number): Outcome {
  return { outcome: 'retry', reason, message: 'again', warnings: [], ...(delayMs === undefined ? {} : { delayMs }) };
}

function plan(outcomes: readonly Outcome[], attempts = 0, isParked = false) {
  return planNextAttempt({ attempts, isParked }, outcomes, { now: NOW, chance: 1 });
}

describe(planNextAttempt.name, () => {
  it('plans nothing where nothing waits', () => {
    expect(plan([DELIVERED])).toBeUndefined();
    expect(plan([])).toBeUndefined();
  });

  it('backs off longer after each failure', () => {
    expect(plan([retry('server_error')])).toEqual({ dueAt: NOW + 1_000, attempts: 1, parked: false });
    expect(plan([DELIVERED, retry('timeout')], 3)).toEqual({ dueAt: NOW + 8_000, attempts: 4, parked: false });
  });

  it('waits as long as UserLeap asked for, where that is longer', () => {
    expect(plan([retry('server_error', 60_000), retry('waiting_for_earlier')])?.dueAt).toBe(NOW + 60_000);
    expect(plan([retry('server_error', 10)], 2)?.dueAt).toBe(NOW + 4_000);
  });

  describe('where all that waits waits for its user', () => {
    it('parks the lane until the next look-up', () => {
      const waiting = [DELIVERED, retry('unknown_user'), retry('unknown_user')];
      expect(plan(waiting)).toEqual({ dueAt: NOW + 10_000, attempts: 1, parked: true });
      expect(plan(waiting, 2, true)).toEqual({ dueAt: NOW + 300_000, attempts: 3, parked: true });
    });

    it('counts look-ups and failures apart', () => {
      expect(plan([retry('unknown_user')], 5)).toEqual({ dueAt: NOW + 10_000, attempts: 1, parked: true });
      const afterLookUps = plan([retry('server_error')], 5, true);
      expect(afterLookUps).toEqual({ dueAt: NOW + 1_000, attempts: 1, parked: false });
    });
  });

  it('does not park a lane in which something else waits as well', () => {
    expect(plan([retry('unknown_user'), retry('server_error')])).toMatchObject({ parked: false, attempts: 1 });
  });

  it.each<ReasonCode>(['rate_limited', 'out_of_time', 'waiting_for_earlier'])(
    'lets a lane keep its place and its count where the whole destination waits: %s',
    (reason) => {
      expect(plan([DELIVERED, retry(reason, 60_000)], 4)).toEqual({ dueAt: undefined, attempts: 4, parked: false });
    },
  );

  it('waits until UserLeap shows what it was told, which counts as no failure', () => {
    const waiting = [retry('just_updated', 10_000), retry('waiting_for_earlier')];
    expect(plan(waiting, 4)).toEqual({ dueAt: NOW + 10_000, attempts: 4, parked: false });
    expect(plan([...waiting, retry('server_error')], 0)?.attempts).toBe(1);
  });

  it('counts a failure though the rest was only waiting for it', () => {
    expect(plan([retry('server_error'), retry('waiting_for_earlier')], 1)?.attempts).toBe(2);
  });
});
