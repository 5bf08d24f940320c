import { mayBeCreated } from '@segment-userleap/delivery';
import { ClaimedEvent, laneOf, userIdOf } from '@segment-userleap/mapping';
import type { Mapped, Settings } from '@segment-userleap/mapping';
import type { Fate } from './outbox.port';

/** What the mapping says of an event, as the outbox keeps it: where it waits, or how it ended. */
export function fateOf(mapped: Mapped, event: unknown, settings: Settings): Fate {
  if (mapped.kind === 'operation') {
    const { operation } = mapped;
    return {
      lane: laneOf(operation),
      createsUser: operation.kind === 'upsert' && mayBeCreated([{ operation }], settings),
      deletesUser: operation.kind === 'purge',
      otherUser: operation.kind === 'carry_over' ? operation.userId : null,
    };
  }
  const { outcome } = mapped;
  if (outcome.outcome === 'retry') throw new Error('the mapping cannot put off an event');
  const userId = event instanceof ClaimedEvent ? event.userId : (userIdOf(event, settings) ?? null);
  return { outcome: { ...outcome, outcome: outcome.outcome }, userId };
}
