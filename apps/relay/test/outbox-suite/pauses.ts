import type { Pause } from '../../src/outbox/port/outbox.port';
import { leaseTurn, messageIdsOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { deleteOf, HERE, NOW, THERE, trackOf } from './sample-events';

export function describePauses({ outbox, reopen }: OutboxUnderTest): void {
  describe('pauses', () => {
    const pause: Pause = { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW + 1_000 };

    it('are none at first', async () => {
      expect([...(await outbox().loadPauses())]).toEqual([]);
    });

    it('are kept by destination, the last one, also over a restart', async () => {
      const later: Pause = { ...pause, reason: 'server_error', probes: 3, probeAt: NOW + 9_000 };
      await outbox().savePause(HERE, pause, NOW);
      await outbox().savePause(THERE, pause, NOW);
      await outbox().savePause(HERE, later, NOW);
      expect(await (await reopen()).loadPauses()).toEqual(
        new Map([
          [HERE, later],
          [THERE, pause],
        ]),
      );
    });

    it("by hand are kept beside the relay's, from their beginning, also over a restart", async () => {
      await outbox().pauseByHand(HERE, NOW);
      await outbox().pauseByHand(HERE, NOW + 1_000);
      await outbox().savePause(HERE, pause, NOW);
      await outbox().savePause(HERE, undefined, NOW);
      expect(await (await reopen()).loadHandPauses()).toEqual(new Map([[HERE, NOW]]));
    });

    it('end with a resume', async () => {
      await outbox().pauseByHand(HERE, NOW);
      await outbox().pauseByHand(THERE, NOW);
      await outbox().savePause(HERE, pause, NOW);
      await outbox().resume(HERE, NOW);
      expect([...(await outbox().loadPauses())]).toEqual([]);
      expect([...(await outbox().loadHandPauses())]).toEqual([[THERE, NOW]]);
    });

    it('are probed by what is no Delete, as long as there is some: a purge tells of purges only', async () => {
      const probe = { due: pause.probeAt, next: NOW + 60_000 };
      await outbox().accept([deleteOf('anna', 'one'), trackOf('bert', 'two')]);
      await outbox().savePause(HERE, pause, NOW);
      expect(messageIdsOf(await leaseTurn(outbox(), { probe }))).toEqual(['two']);
      await outbox().savePause(HERE, pause, NOW);
      expect(messageIdsOf(await leaseTurn(outbox(), { probe }))).toEqual(['one']);
    });

    it('end, though there was none', async () => {
      await outbox().savePause(HERE, pause, NOW);
      await outbox().savePause(HERE, undefined, NOW);
      await outbox().savePause(THERE, undefined, NOW);
      expect([...(await outbox().loadPauses())]).toEqual([]);
    });
  });
}
