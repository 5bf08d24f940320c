import type { Selectable } from 'kysely';
import { fateColumns } from './fate-columns';
import type { CountedTx } from '../counting/counted-write';
import { addReplay, hasBeenDelivered } from './event-history';
import { queueInLanes } from './queue-in-lanes';
import type { Queued } from './queue-in-lanes';
import { HAS_ENDED } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import type { EventColumns, Tx } from '../schema/outbox-schema';
import type { OutboxPort } from '../port/outbox.port';

type Call = Parameters<OutboxPort['requeue']>[0];
type Letter = Pick<
  Selectable<EventColumns>,
  | 'id'
  | 'destination'
  | 'type'
  | 'state'
  | 'reason'
  | 'message'
  | 'settled_at'
  | 'replays'
  | 'lane'
  | 'other_user'
  | 'backfilled'
>;
type Row = Readonly<Record<keyof typeof COLUMNS, string | number | null>>;

/** Makes events wait again that have ended, or end otherwise, as `fate` says; not those of users who are being erased. */
export async function requeue(tx: CountedTx, events: Call, now: number): Promise<void> {
  const letters = await loadLetters(tx, events);
  const queued: Queued[] = [];
  const rows: Row[] = [];
  for (const { id, fate, state = 'rejected' } of events) {
    const letter = letters.get(id);
    // Somebody else was quicker.
    if (letter?.state !== state) continue;
    const { destination, type, reason, backfilled, settled_at: settledAt } = letter;
    const wasSent = hasBeenDelivered(letter);
    const columns = fateColumns(fate, now);
    rows.push({ id, ...columns, queued_at: now, replays: addReplay(letter, now) });
    const waiting = { state: 'pending', reason: null } as const;
    tx.tally.count(now, [
      { destination, type, from: { state, reason, settledAt, wasSent }, to: waiting },
      { destination, type, from: waiting, to: { ...columns, wasSent } },
    ]);
    if ('lane' in fate) queued.push({ id, destination, type, queuedAt: now, fate, isBackfilled: backfilled === 1 });
  }
  await executeForRows(
    tx,
    UPDATE,
    rows.map((row) => NAMES.map((name) => row[name])),
  );
  queued.sort((a, b) => a.id - b.id);
  await queueInLanes(tx, queued);
  await tryAtOnce(tx, queued);
}

async function loadLetters(tx: Tx, events: Call): Promise<ReadonlyMap<number, Letter>> {
  if (events.length === 0) return new Map();
  const rows = await tx
    .selectFrom('events')
    .select([
      'id',
      'destination',
      'lane',
      'other_user',
      'type',
      'state',
      'reason',
      'message',
      'settled_at',
      'replays',
      'backfilled',
    ])
    .where(
      'id',
      'in',
      events.map(({ id }) => id),
    )
    .where(HAS_ENDED)
    .orderBy('id')
    .forUpdate()
    .execute();
  const erasures = await tx.selectFrom('erasures').selectAll().execute();
  const isToGo = ({ id, destination, lane, other_user }: Letter): boolean =>
    erasures.some((user) => {
      const isOfUser = user.user_id === lane || user.user_id === other_user;
      return isOfUser && user.destination === destination && id <= user.up_to;
    });
  return new Map(rows.filter((row) => !isToGo(row)).map((row) => [row.id, row]));
}

const COLUMNS = {
  state: 'text',
  reason: 'text',
  message: 'text',
  warnings: 'text',
  settled_at: 'bigint',
  lane: 'text',
  other_user: 'text',
  queued_at: 'bigint',
  replays: 'text',
  id: 'bigint',
} as const;
const NAMES = Object.keys(COLUMNS) as readonly (keyof typeof COLUMNS)[];
const CHANGED = NAMES.slice(0, -1);

const UPDATE: RowStatement = {
  one: `UPDATE events SET ${CHANGED.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  all: `
    UPDATE events SET ${CHANGED.map((name) => `${name} = new.${name}`).join(', ')}
    FROM unnest(${NAMES.map((name, index) => `$${index + 1}::${COLUMNS[name]}[]`).join(', ')}) AS new (${NAMES.join(', ')})
    WHERE events.id = new.id`,
};

/** Where the relay has paused a destination, a replay is to probe it: nothing it brings waits for a back-off there. */
async function tryAtOnce(tx: Tx, queued: readonly Queued[]): Promise<void> {
  const paused = new Set((await tx.selectFrom('pauses').select('destination').execute()).map((row) => row.destination));
  for (const destination of paused) {
    const lanes = queued.flatMap((event) => (event.destination === destination ? [event.fate.lane] : []));
    if (lanes.length === 0) continue;
    await tx
      .updateTable('lanes')
      .set({ due_at: null })
      .where('destination', '=', destination)
      .where('lane', 'in', [...new Set(lanes)])
      .where('due_at', 'is not', null)
      .where('parked', '=', 0)
      .execute();
  }
}
