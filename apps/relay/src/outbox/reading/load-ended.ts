import { firstWithin } from '../schema/first-within';
import { octetLength } from '../schema/octet-length';
import type { Db } from '../schema/outbox-schema';
import type { ListCursor } from '../port/event-record';
import type { DeadLetter, DeadLetterFilter } from '../port/outbox.port';
import { findEnded } from './find-ended';
import { readAtOnce } from './read-at-once';

// Of the events themselves, at a time.
const MOST_BYTES = 4 * 1024 * 1024;

/** Oldest first; without those that were emptied. As many as fit into 4 MB, at least one. */
export function loadDeadLetters(
  db: Db,
  filter: DeadLetterFilter,
  after: ListCursor | undefined,
  limit: number,
): Promise<readonly DeadLetter[]> {
  return readAtOnce(db, async (tx) => {
    const cursors = await findEnded(tx, filter, after, limit);
    if (cursors.length === 0) return [];
    const ids = cursors.map(({ id }) => id);
    const sizes = await tx
      .selectFrom('events')
      .select(['id', octetLength('body').as('bytes')])
      .where('id', 'in', ids)
      .execute();
    const bytes = new Map(sizes.map((row) => [row.id, row.bytes]));
    const first = firstWithin(
      cursors.map((cursor) => ({ ...cursor, bytes: bytes.get(cursor.id) ?? 0 })),
      MOST_BYTES,
    );
    const loaded = await tx
      .selectFrom('events')
      .select(['id', 'destination', 'lane', 'body', 'claimed_at', 'state'])
      .where(
        'id',
        'in',
        first.map(({ id }) => id),
      )
      .execute();
    const rows = new Map(loaded.map((row) => [row.id, row]));
    return first.flatMap(({ id, at }): readonly DeadLetter[] => {
      const row = rows.get(id);
      if (!row) return [];
      const { destination, body, lane, claimed_at, state } = row;
      if (state === 'pending' || state === 'held') return [];
      return [{ id, acceptedAt: at, destination, body, claimedBy: claimed_at === null ? null : lane, state }];
    });
  });
}
