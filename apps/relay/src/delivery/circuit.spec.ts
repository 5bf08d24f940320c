import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import { Circuit } from './circuit';

const NOW = Date.UTC(2026, 0, 1);
const DELIVERED: Outcome = { outcome: 'delivered', warnings: [] };

function retry(reason: ReasonCode): Outcome {
  return { outcome: 'retry', reason, message: 'again', warnings: [] };
}

describe(Circuit.name, () => {
  let circuit: Circuit;
  let users = 0;
  beforeEach(() => (circuit = new Circuit(undefined)));

  /** A turn that began in the pause that there is, if there is one, and ended at `now`. */
  const note = (outcomes: readonly Outcome[], now = NOW, chance = 1) =>
    circuit.note({ outcomes, user: `user-${users++}`, isUnavailable: false, begunIn: circuit.pause }, now, chance);
  const failTimes = (times: number, reason: ReasonCode = 'server_error') =>
    Array.from({ length: times }, () => note([retry(reason)]));

  it.each<ReasonCode>(['unauthorized', 'wrong_endpoint'])('is paused by a single %s', (reason) => {
    expect(note([retry(reason)])).toBe(true);
    expect(circuit.pause).toEqual({ reason, pausedAt: NOW, probes: 0, probeAt: NOW + 1_000 });
  });

  it.each<ReasonCode>(['server_error', 'timeout', 'network_failure', 'unexpected_reply'])(
    'is paused by turns of five users in a row that come to %s',
    (reason) => {
      expect(failTimes(5, reason)).toEqual([false, false, false, false, true]);
      expect(circuit.pause).toMatchObject({ reason, pausedAt: NOW });
    },
  );

  it.each<[string, Outcome]>([
    ['a delivery', DELIVERED],
    ['a refusal', { outcome: 'rejected', reason: 'refused', message: 'no', warnings: [] }],
    ['an unknown user', retry('unknown_user')],
  ])('counts from the start again after %s, which is an answer', (_, outcome) => {
    failTimes(4);
    expect(note([outcome])).toBe(false);
    expect(failTimes(4)).not.toContain(true);
    expect(circuit.pause).toBeUndefined();
  });

  it.each<ReasonCode>(['rate_limited', 'out_of_time', 'waiting_for_earlier', 'purge_not_allowed'])(
    'is told nothing by %s',
    (reason) => {
      failTimes(4);
      expect(note([retry(reason)])).toBe(false);
      expect(failTimes(1)).toEqual([true]);
    },
  );

  it('counts a turn in which something was delivered as one that went well', () => {
    failTimes(4);
    note([DELIVERED, retry('server_error')]);
    expect(failTimes(1)).toEqual([false]);
  });

  describe('while paused', () => {
    const pause = { reason: 'server_error', pausedAt: NOW, probes: 2, probeAt: NOW + 4_000 } as const;
    beforeEach(() => (circuit = new Circuit(pause)));

    it('has the pause that was kept', () => {
      expect(circuit.pause).toEqual(pause);
    });

    it('probes less and less often, at most five minutes apart', () => {
      const gaps = Array.from({ length: 12 }, (_, index) => {
        const now = NOW + (index + 1) * 600_000;
        expect(note([retry('server_error')], now)).toBe(true);
        return (circuit.pause?.probeAt ?? 0) - now;
      });
      expect(gaps.slice(0, 3)).toEqual([8_000, 16_000, 32_000]);
      expect(gaps.slice(-2)).toEqual([300_000, 300_000]);
      expect(circuit.pause).toMatchObject({ pausedAt: NOW, probes: 14 });
    });

    it('waits at least half as long by chance', () => {
      note([retry('server_error')], NOW + 5_000, 0);
      expect(circuit.pause?.probeAt).toBe(NOW + 5_000 + 4_000);
    });

    it('tells the newest reason', () => {
      note([retry('unauthorized')], NOW + 5_000);
      expect(circuit.pause).toMatchObject({ reason: 'unauthorized', pausedAt: NOW });
    });

    it('ends with the first probe that goes well', () => {
      expect(note([DELIVERED], NOW + 5_000)).toBe(true);
      expect(circuit.pause).toBeUndefined();
    });

    it.each([DELIVERED, retry('server_error')])('is told nothing by what was sent before it', (outcome) => {
      const end = { outcomes: [outcome], user: 'anna', isUnavailable: false };
      expect(circuit.note({ ...end, begunIn: undefined }, NOW + 1_000, 1)).toBe(false);
      expect(circuit.note({ ...end, begunIn: { ...pause, pausedAt: NOW - 9_000 } }, NOW + 1_000, 1)).toBe(false);
      expect(circuit.pause).toEqual(pause);
    });

    it('goes on where a probe tells nothing', () => {
      expect(note([retry('rate_limited')], NOW + 5_000)).toBe(false);
      expect(circuit.pause).toEqual(pause);
    });
  });

  it('does not take an unknown user at a wrong address for an answer', () => {
    note([retry('wrong_endpoint')]);
    expect(note([retry('unknown_user')], NOW + 5_000)).toBe(false);
    expect(circuit.pause?.reason).toBe('wrong_endpoint');
  });

  it('is paused by a failure where UserLeap says that it is unavailable', () => {
    const end = { outcomes: [retry('server_error')], user: 'anna', isUnavailable: true, begunIn: undefined };
    expect(circuit.note(end, NOW, 1)).toBe(true);
  });

  it('is not paused by one user whose requests fail', () => {
    const end = { outcomes: [retry('server_error')], user: 'anna', isUnavailable: false, begunIn: undefined };
    for (let times = 0; times < 100; times += 1) circuit.note(end, NOW, 1);
    expect(circuit.pause).toBeUndefined();
  });

  it('lets at least four fifths of the requests go where 70 % of the answers are failures', () => {
    let random = 1;
    const chance = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
    let now = NOW;
    let sent = 0;
    const end = NOW + 3_600_000;
    for (; now < end; sent += 1) {
      now = circuit.pause ? Math.max(now, circuit.pause.probeAt) : now + 300;
      note([chance() < 0.7 ? retry('server_error') : DELIVERED], now, chance());
    }
    expect(sent).toBeGreaterThan(0.8 * (3_600_000 / 300));
  });

  it('goes on counting failures where others know of no pause', () => {
    failTimes(4);
    circuit.follow(undefined);
    expect(failTimes(1)).toEqual([true]);
    circuit.follow(undefined);
    expect(circuit.pause).toBeUndefined();
  });
});
