import type { Pause } from '../../src/outbox/outbox.port';
import type { OutboxUnderTest } from './describe-outbox';
import { HERE, NOW, THERE } from './sample-events';

export function describePauses({ outbox, reopen }: OutboxUnderTest): void {
  describe('pauses', () => {
    const pause: Pause = { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW + 1_000 };

    it('are none at first', async () => {
      expect([...(await outbox().loadPauses())]).toEqual([]);
    });

    it('are kept by destination, the last one, also over a restart', async () => {
      const later: Pause = { ...pause, reason: 'server_error', probes: 3, probeAt: NOW + 9_000 };
      await outbox().savePause(HERE, pause);
      await outbox().savePause(THERE, pause);
      await outbox().savePause(HERE, later);
      expect(await (await reopen()).loadPauses()).toEqual(
        new Map([
          [HERE, later],
          [THERE, pause],
        ]),
      );
    });

    it('end, though there was none', async () => {
      await outbox().savePause(HERE, pause);
      await outbox().savePause(HERE, undefined);
      await outbox().savePause(THERE, undefined);
      expect([...(await outbox().loadPauses())]).toEqual([]);
    });
  });
}
