import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import { leaseTurn, settle } from '../outbox-suite/attempt';
import {
  aliasOf,
  DELIVERED,
  deleteOf,
  HERE,
  identify,
  NOW,
  SECOND,
  settled,
  THERE,
  track,
  trackOf,
} from '../outbox-suite/sample-events';
import { deliverSome, SMALL_BUDGET } from './deliver-some';

const NOT_SAMPLED = { outcome: 'filtered', reason: 'not_sampled', message: 'left out', warnings: [] } as const;

/** A user whose id is hard to keep. */
export const ODD_USER = `\u0000\u0001\u0002"'\\ {NULL}, é 😀`;

/** Leaves a store in the middle of its work, with everything in it that a store can hold. */
export async function fillBusyStore(outbox: OutboxPort): Promise<void> {
  await outbox.useEnvironments([{ destination: HERE, environment: HERE }]);
  await outbox.loadSecret();
  const much = Array.from({ length: 501 }, (_, index) => settled(`much ${index}`, 'filtered', 'much'));
  await outbox.accept([...much, deleteOf('much', 'much')]);
  await settle(outbox, await leaseTurn(outbox), [DELIVERED], { learnt: [['much', 'erased']] });
  const one = [
    trackOf('dora', 'refused 1'),
    trackOf('dora', 'one'),
    trackOf('emil', 'unknown 1'),
    trackOf(ODD_USER, 'later 1'),
  ];
  await outbox.accept([
    ...one,
    settled('filtered', 'filtered'),
    track('not sampled', { fate: { outcome: NOT_SAMPLED, userId: null } }),
    settled('never', 'rejected', 'u'.repeat(512)),
    deleteOf('gone', 'gone'),
  ]);
  await deliverSome(outbox, 6);
  const [letter] = await outbox.loadDeadLetters({ userId: 'dora' }, undefined, 10);
  const fate = { lane: 'dora', createsUser: false, deletesUser: false, otherUser: null };
  await outbox.requeue([{ id: letter?.id ?? 0, fate }], NOW + 2 * SECOND);
  await deliverSome(outbox, 1);
  await outbox.accept([trackOf('erased', 'erased 1'), trackOf('erased', 'erased 2')]);
  await outbox.eraseUser({ userId: 'erased', now: NOW, limit: 10 });
  await outbox.block({ ...SMALL_BUDGET, id: 'blocked' }, NOW + 60 * SECOND);
  await outbox.savePause(HERE, { reason: 'unauthorized', pausedAt: NOW, probes: 0, probeAt: NOW + SECOND }, NOW);
  await outbox.resume(HERE, NOW + SECOND);
  const pause = { reason: 'unauthorized', pausedAt: NOW, probes: 2, probeAt: NOW + 9 * SECOND } as const;
  await outbox.savePause(THERE, pause, NOW);
  await outbox.pauseByHand(THERE, NOW);
  await outbox.accept([
    identify('in flight'),
    ...Array.from({ length: 30 }, (_, index) =>
      trackOf(`user ${index % 20}`, `${['refused', 'later', 'unknown', 'fine'][index % 4]} ${100 + index}`),
    ),
    aliasOf('user 3', 'user 4', 'alias'),
    deleteOf('user 5', 'delete'),
    track('there', { destination: THERE }),
    trackOf('', 'held', { fate: { anonymousId: ODD_USER } }),
    trackOf('', 'claimed', { fate: { anonymousId: 'visitor' } }),
    identify('claiming', { claim: { anonymousId: 'visitor', userId: 'anna' } }),
    trackOf(ODD_USER, 'odd', { body: JSON.stringify({ messageId: 'odd', text: `${ODD_USER}\ud800` }) }),
  ]);
  await outbox.sampleBacklog(NOW + 3 * SECOND);
  // Still in flight when the relay is stopped by force.
  for (let turns = 0; turns < 2; turns += 1) await leaseTurn(outbox, { now: NOW + 3 * SECOND });
}
