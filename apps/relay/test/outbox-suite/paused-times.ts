import { horizonStart } from '../../src/delivery/horizon-start';
import type { Pause } from '../../src/outbox/port/outbox.port';
import type { OutboxUnderTest } from './outbox-under-test';
import { HERE, NOW, SECOND, THERE, trackOf } from './sample-events';

export function describePausedTimes({ outbox, reopen }: OutboxUnderTest): void {
  describe('times in which a destination waited for a person', () => {
    const at = (seconds: number) => NOW + seconds * SECOND;
    const pause = (reason: Pause['reason'], pausedAt: number): Pause => {
      return { reason, pausedAt, probes: 0, probeAt: pausedAt + SECOND };
    };
    const timesOf = async (destination = HERE) =>
      [...((await outbox().loadPausedTimes()).get(destination) ?? [])].sort((a, b) => a.from - b.from);

    it('are none at first', async () => {
      expect((await outbox().loadPausedTimes()).size).toBe(0);
    });

    it('go on while it is paused by hand, and end with the resume, also over a restart', async () => {
      await outbox().pauseByHand(HERE, at(1));
      await outbox().pauseByHand(HERE, at(2));
      expect(await timesOf()).toEqual([{ from: at(1), until: null }]);
      await outbox().resume(HERE, at(5));
      await reopen();
      expect(await timesOf()).toEqual([{ from: at(1), until: at(5) }]);
      expect(await timesOf(THERE)).toEqual([]);
    });

    it('go on while its settings are wrong, from the first answer that says so to the one that does not', async () => {
      await outbox().savePause(HERE, pause('unauthorized', at(1)), at(1));
      await outbox().savePause(HERE, pause('wrong_endpoint', at(1)), at(3));
      expect(await timesOf()).toEqual([{ from: at(1), until: null }]);
      await outbox().savePause(HERE, undefined, at(7));
      expect(await timesOf()).toEqual([{ from: at(1), until: at(7) }]);
    });

    it('are none of an outage, whatever it follows, and whatever follows it', async () => {
      await outbox().savePause(HERE, pause('server_error', at(1)), at(1));
      await outbox().savePause(HERE, pause('unauthorized', at(1)), at(2));
      await outbox().savePause(HERE, pause('timeout', at(1)), at(5));
      await outbox().savePause(HERE, pause('unauthorized', at(1)), at(8));
      expect(await timesOf()).toEqual([
        { from: at(2), until: at(5) },
        { from: at(8), until: null },
      ]);
      await outbox().resume(HERE, at(9));
      await outbox().savePause(THERE, pause('server_error', at(1)), at(1));
      await outbox().savePause(THERE, undefined, at(4));
      expect(await timesOf()).toEqual([
        { from: at(2), until: at(5) },
        { from: at(8), until: at(9) },
      ]);
      expect(await timesOf(THERE)).toEqual([]);
    });

    it('are of both kinds where one comes within the other', async () => {
      await outbox().savePause(HERE, pause('unauthorized', at(1)), at(1));
      await outbox().pauseByHand(HERE, at(2));
      await outbox().savePause(HERE, undefined, at(3));
      expect(await timesOf()).toEqual([
        { from: at(1), until: at(3) },
        { from: at(2), until: null },
      ]);
    });

    it('are kept once, whoever else ends them', async () => {
      await outbox().pauseByHand(HERE, at(1));
      await outbox().savePause(HERE, pause('unauthorized', at(1)), at(1));
      await Promise.all([5, 6, 7].map((seconds) => outbox().resume(HERE, at(seconds))));
      await outbox().savePause(HERE, undefined, at(9));
      const times = await timesOf();
      expect(times).toHaveLength(2);
      expect(Math.max(...times.map(({ until }) => until ?? Infinity))).toBeLessThan(at(8));
    });

    it('keep nothing from its delivery that waited for twice the horizon because of them', async () => {
      const horizonMs = 100 * SECOND;
      const giveUp = async (now: number) => {
        const before = horizonStart(now, horizonMs, await timesOf());
        return (await outbox().giveUp({ destination: HERE, before, now, sentence: 'too old', limit: 100 })).length;
      };
      await outbox().accept(Array.from({ length: 40 }, (_, index) => trackOf(`user ${index}`, `message ${index}`)));
      await outbox().savePause(HERE, pause('unauthorized', at(50)), at(50));
      await outbox().pauseByHand(HERE, at(100));
      await outbox().resume(HERE, at(250));
      expect(await giveUp(at(299))).toBe(0);
      expect(await outbox().countPending(HERE)).toBe(40);
      expect(await giveUp(at(301))).toBeGreaterThan(0);
      expect(await outbox().countPending(HERE)).toBe(0);
    });

    it('are forgotten once nothing needs them, those of one destination', async () => {
      for (const [from, until] of [
        [1, 2],
        [3, 4],
      ] as const) {
        for (const destination of [HERE, THERE]) {
          await outbox().pauseByHand(destination, at(from));
          await outbox().resume(destination, at(until));
        }
      }
      await outbox().forgetPausedTimes(HERE, at(4));
      expect(await timesOf()).toEqual([{ from: at(3), until: at(4) }]);
      expect(await timesOf(THERE)).toHaveLength(2);
    });
  });
}
