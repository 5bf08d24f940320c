import type { Learnt } from '../../src/outbox/port/turn';
import { leaseTurn, settle } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DELIVERED, HERE, THERE, track, trackOf } from './sample-events';

export function describeKnownUsers({ outbox }: OutboxUnderTest): void {
  describe('known users', () => {
    const isKnown = (environment: string, userId: string) => outbox().isKnownUser(environment, userId);
    let count = 0;
    async function learn(learnt: readonly Learnt[], destination = HERE): Promise<void> {
      await outbox().accept([trackOf('teacher', `lesson ${count++}`, { destination })]);
      await settle(outbox(), await leaseTurn(outbox(), { destination }), [DELIVERED], { learnt });
    }

    it('are those that a turn learnt of, in its environment', async () => {
      await learn([['anna', 'known']]);
      expect(await isKnown(HERE, 'anna')).toBe(true);
      expect(await isKnown(HERE, 'Anna')).toBe(false);
      expect(await isKnown(THERE, 'anna')).toBe(false);
    });

    it('can be learnt of twice', async () => {
      await learn([['anna', 'known']]);
      await learn([['anna', 'known']]);
      expect(await isKnown(HERE, 'anna')).toBe(true);
    });

    it('are forgotten once they are erased, in that environment', async () => {
      await learn([['anna', 'known']]);
      await learn([['anna', 'known']], THERE);
      await outbox().accept([track('one')]);
      await settle(outbox(), await leaseTurn(outbox()), [DELIVERED], { learnt: [['anna', 'erased']] });
      expect(await isKnown(HERE, 'anna')).toBe(false);
      expect(await isKnown(THERE, 'anna')).toBe(true);
    });

    it('are what was learnt last', async () => {
      await learn([
        ['teacher', 'erased'],
        ['teacher', 'known'],
      ]);
      expect(await isKnown(HERE, 'teacher')).toBe(true);
      await learn([
        ['teacher', 'known'],
        ['teacher', 'erased'],
      ]);
      expect(await isKnown(HERE, 'teacher')).toBe(false);
    });
  });
}
