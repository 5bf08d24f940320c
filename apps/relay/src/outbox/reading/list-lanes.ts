import type { Selectable } from 'kysely';
import { isoOf } from '../port/iso-of';
import { IS_PENDING } from '../schema/conditions';
import { listDestinations } from '../counting/list-destinations';
import { loadHandPauses, loadPauses } from '../pauses';
import { readAtOnce } from './read-at-once';
import { priorityOf } from './to-event-record';
import type { Db, Flag, LaneColumns, Tx } from '../schema/outbox-schema';
import type { LanePause } from '../port/lane-pause';
import type { LaneFilter, LaneRecord } from '../port/lane-record';
import type { Pause } from '../port/outbox.port';

type Row = Selectable<LaneColumns>;

/** What waits, lane by lane, that of the longest wait first. */
export function listLanes(db: Db, filter: LaneFilter): Promise<readonly LaneRecord[]> {
  return readAtOnce(db, async (tx) => {
    const { destination } = filter;
    const rows: Row[] = [];
    for (const one of destination === undefined ? await listDestinations(tx) : [destination]) {
      for (const backfilled of [0, 1] as const) rows.push(...(await findLanes(tx, filter, one, backfilled)));
    }
    const first = rows
      .sort((a, b) => a.queued_at - b.queued_at || a.oldest_event - b.oldest_event)
      .slice(0, filter.limit);
    const [pauses, handPauses] = [await loadPauses(tx), await loadHandPauses(tx)];
    const whys = await loadWhys(tx, first);
    const records: LaneRecord[] = [];
    for (const row of first) {
      const pause = describePause(pauses.get(row.destination), handPauses.get(row.destination));
      const why = whys.get(row.oldest_event) ?? NO_WHY;
      records.push({ ...toRecord(row, { pending: await countWaiting(tx, row), pause, now: filter.now }), ...why });
    }
    return records;
  });
}

function findLanes(
  tx: Tx,
  { userId, before, limit }: LaneFilter,
  destination: string,
  backfilled: Flag,
): Promise<readonly Row[]> {
  let query = tx.selectFrom('lanes').selectAll().where('destination', '=', destination);
  query = query.where('backfilled', '=', backfilled);
  if (userId !== undefined) query = query.where('lane', '=', userId);
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('queued_at', 'oldest_event'), '>', tuple(before.at, before.id)),
    );
  }
  return query.orderBy('queued_at').orderBy('oldest_event').limit(limit).execute();
}

async function countWaiting(tx: Tx, { destination, lane }: Row): Promise<number> {
  const { count } = await tx
    .selectFrom('events')
    .select((event) => event.fn.countAll<number>().as('count'))
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where(IS_PENDING)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What the last attempt came to of the event that waits longest in each lane, by its id. */
async function loadWhys(tx: Tx, lanes: readonly Row[]): Promise<ReadonlyMap<number, typeof NO_WHY>> {
  if (lanes.length === 0) return new Map();
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'reason', 'message'])
    .where(
      'id',
      'in',
      lanes.map((lane) => lane.oldest_event),
    )
    .execute();
  return new Map(rows.map(({ id, reason, message }) => [id, { reason, message }]));
}

const NO_WHY: Pick<LaneRecord, 'reason' | 'message'> = { reason: null, message: null };

/** A person's pause hides the relay's: it is not the relay that ends it. */
function describePause(pause: Pause | undefined, byHandAt: number | undefined): LanePause | null {
  if (byHandAt !== undefined) return { pausedBy: 'person', reason: null, pausedAt: isoOf(byHandAt), nextProbeAt: null };
  if (!pause) return null;
  const { reason, pausedAt, probeAt } = pause;
  return { pausedBy: 'relay', reason, pausedAt: isoOf(pausedAt), nextProbeAt: isoOf(probeAt) };
}

function toRecord(
  row: Row,
  { pending, pause, now }: { pending: number; pause: LanePause | null; now: number },
): Omit<LaneRecord, keyof typeof NO_WHY> {
  const isDue = row.due_at === null || row.due_at <= now;
  return {
    destination: row.destination,
    userId: row.lane,
    pending,
    priority: priorityOf(row),
    oldestAt: isoOf(row.queued_at),
    dueAt: row.due_at === null || isDue ? null : isoOf(row.due_at),
    attempts: row.attempts,
    pause,
    waitsFor: waitOf(row, isDue, pause !== null),
    cursor: { at: row.queued_at, id: row.oldest_event },
  };
}

function waitOf({ leased, parked }: Row, isDue: boolean, isPaused: boolean): LaneRecord['waitsFor'] {
  if (leased === 1) return 'answer';
  // Else its user is looked up next.
  if (parked === 1 && !isDue) return 'identify';
  if (isPaused) return 'pause';
  return isDue ? 'budget' : 'retry';
}
