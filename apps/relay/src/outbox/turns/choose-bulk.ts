import { sql } from 'kysely';
import type { BulkSize, PendingEvent } from '../port/turn';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import type { Lane } from './find-lanes';
import { HAS_NO_DELETE, HAS_TIME } from './find-lanes';
import { IS_READY } from '../schema/conditions';
import { findBound } from './find-bound';
import { loadFew } from './load-turns';
import type { LoadedTurn } from './load-turns';
import { lockLanes } from './lock-lanes';

interface Call {
  readonly destination: string;
  readonly now: number;
  readonly bytes: number;
}

// Written out, as they are a part of indexes.
const MAY_BULK = sql<boolean>`bulk = 1`;

/**
 * Of the lanes that hold nothing but Identifies those with the oldest events, with what is in them, where enough are ready. Those that
 * do not fit, because much waits there or an Alias binds them, go by themselves from now on.
 */
export async function chooseBulk(tx: Tx, call: Call, size: BulkSize): Promise<LoadedTurn | undefined> {
  const names = await findNames(tx, call, size);
  if (names.length < size.least) return undefined;
  // Those that others hold are passed over.
  const locked = await lockLanes(tx, call, names);
  const bound = await findBound(
    tx,
    call,
    locked.map(({ lane }) => lane),
  );
  const few = await loadFew(tx, call.destination, locked);
  const unfit = locked.filter(({ lane, bulk }) => bulk === 0 || bound.has(lane) || !few.has(lane));
  await goApart(
    tx,
    call.destination,
    unfit.map(({ lane }) => lane),
  );
  const left = new Set(locked.filter((lane) => !unfit.includes(lane)));
  return left.size < size.least ? undefined : withinBytes([...left], few, call.bytes);
}

/** Whether enough wait for a bulk. */
export async function isBulkReady(tx: Tx, call: Call, { least }: BulkSize): Promise<boolean> {
  return (await findNames(tx, call, { least, most: least })).length >= least;
}

/** Has lanes go by themselves from now on. */
export async function goApart(tx: Tx, destination: string, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return;
  await tx
    .updateTable('lanes')
    .set({ bulk: 0 })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .execute();
}

/** Those that are ready, and those whose back-off has ended. */
async function findNames(tx: Tx, { destination, now }: Call, { most }: BulkSize): Promise<readonly string[]> {
  const lanes = tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where(MAY_BULK)
    .where(HAS_NO_DELETE);
  const ready = await lanes.where(IS_READY).orderBy('oldest_event').limit(most).execute();
  const left = most - ready.length;
  const due = lanes.where(HAS_TIME).where('due_at', '<=', now).where('leased', '=', 0).orderBy('due_at');
  return [...ready, ...(left > 0 ? await due.limit(left).execute() : [])].map(({ lane }) => lane);
}

function withinBytes(
  lanes: readonly Lane[],
  few: ReadonlyMap<string, readonly PendingEvent[]>,
  most: number,
): LoadedTurn {
  const events: PendingEvent[] = [];
  let bytes = 0;
  const end = lanes.findIndex(({ lane }) => {
    const own = few.get(lane) ?? [];
    bytes += own.reduce((sum, { body }) => sum + body.length, 0);
    if (bytes > most && events.length > 0) return true;
    events.push(...own);
    return false;
  });
  return { lanes: end === -1 ? lanes : lanes.slice(0, end), events: events.sort((a, b) => a.id - b.id) };
}
