import { sql } from 'kysely';
import type { DeadLetterMessage } from '../port/dead-letters';
import { isoOf } from '../port/iso-of';
import { HAS_MESSAGE, IS_REPLAYABLE, MESSAGE_KEY } from '../schema/conditions';
import type { Tx } from '../schema/outbox-schema';

// UserLeap may name in each answer something else.
const MOST_MESSAGES = 20;
// To count on would take as long as there are many.
const MOST_COUNTED = 1_000;

interface Group {
  readonly destination: string;
  readonly reason: string;
  readonly count: number;
}

/** What a group of dead letters is made of, the largest part first; `isMore`: there are other messages besides. */
export async function listMessages(
  tx: Tx,
  group: Group,
): Promise<{ messages: readonly DeadLetterMessage[]; isMore: boolean }> {
  const keys = await listKeys(tx, group);
  const isMore = keys.length > MOST_MESSAGES;
  const found: DeadLetterMessage[] = [];
  for (const key of keys.slice(0, MOST_MESSAGES)) {
    const message = await describe(tx, group, key);
    if (message) found.push(message);
  }
  const messages = isMore ? found : completed(found, group.count);
  return { messages: [...messages].sort((a, b) => b.count - a.count), isMore };
}

/** The index is asked for the next message, not for each event. */
async function listKeys(tx: Tx, { destination, reason }: Group): Promise<readonly string[]> {
  const first = sql`
    SELECT MIN(${MESSAGE_KEY}) FROM events
    WHERE ${HAS_MESSAGE} AND destination = ${destination} AND reason = ${reason} AND ${IS_REPLAYABLE}`;
  const { rows } = await sql<{ key: string }>`
    WITH RECURSIVE keys (key) AS (
      ${first}
      UNION ALL
      SELECT (${first} AND ${MESSAGE_KEY} > keys.key) FROM keys WHERE keys.key IS NOT NULL
    )
    SELECT key FROM keys WHERE key IS NOT NULL LIMIT ${sql.lit(MOST_MESSAGES + 1)}
  `.execute(tx);
  return rows.map(({ key }) => key);
}

async function describe(tx: Tx, group: Group, key: string): Promise<DeadLetterMessage | undefined> {
  const all = tx
    .selectFrom('events')
    .where('destination', '=', group.destination)
    .where('reason', '=', group.reason)
    .where(HAS_MESSAGE)
    .where(MESSAGE_KEY, '=', key)
    .where(IS_REPLAYABLE);
  const newest = await all
    .select(['id', 'accepted_at', 'message'])
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return undefined;
  const { count } = await tx
    .selectFrom(
      all
        .select('id')
        .limit(MOST_COUNTED + 1)
        .as('some'),
    )
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    message: newest.message,
    sampleId: newest.id,
    newestAt: isoOf(newest.accepted_at),
    count: Math.min(Number(count), MOST_COUNTED),
    isMore: Number(count) > MOST_COUNTED,
  };
}

/** Where one alone was not counted to its end, it is what the others leave. */
function completed(messages: readonly DeadLetterMessage[], total: number): readonly DeadLetterMessage[] {
  if (messages.filter(({ isMore }) => isMore).length !== 1) return messages;
  const others = messages.reduce((sum, { isMore, count }) => (isMore ? sum : sum + count), 0);
  return messages.map((one) =>
    one.isMore ? { ...one, count: Math.max(one.count, total - others), isMore: false } : one,
  );
}
