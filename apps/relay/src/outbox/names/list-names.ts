import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { NEW_FOR_MS } from '../port/event-names';
import type { EventNameRecord, EventNames, HeldBackRecord, NamesCall } from '../port/event-names';
import { isoOf } from '../port/iso-of';
import type { Db, EventNameColumns } from '../schema/outbox-schema';
import { OTHERS } from './counted-name';

type Row = Selectable<EventNameColumns>;

const HELD_BACK_KINDS = ['event_denied', 'event_not_allowed'] as const;

/** What was sent under which names, and which names the settings leave out. */
export async function listNames(db: Db, call: NamesCall): Promise<EventNames> {
  const { destination, environment, now, limit } = call;
  const sent = db.selectFrom('event_names').where('scope', '=', environment).where('kind', '=', 'sent');
  const names = await sent
    .selectAll()
    .where('name', '!=', OTHERS)
    .orderBy((row) => sql`CASE WHEN ${row.ref('set_up_at')} IS NULL THEN 0 ELSE 1 END`)
    .orderBy('first_at', 'desc')
    .orderBy('name')
    .limit(limit)
    .execute();
  const counts = await sent
    .where('name', '!=', OTHERS)
    .select([
      sql<number>`COUNT(*)`.as('total'),
      sql<number>`COUNT(CASE WHEN set_up_at IS NULL AND first_at > ${now - NEW_FOR_MS} THEN 1 END)`.as('new'),
      sql<number>`COUNT(set_up_at)`.as('set_up'),
      sql<number>`COUNT(CASE WHEN ${IS_REFUSED} THEN 1 END)`.as('refused'),
    ])
    .executeTakeFirstOrThrow();
  const heldBack = db.selectFrom('event_names').where('scope', '=', destination).where('kind', 'in', HELD_BACK_KINDS);
  const others = await sent.selectAll().where('name', '=', OTHERS).executeTakeFirst();
  const held = await heldBack
    .select([
      sql<number>`COUNT(CASE WHEN name != ${OTHERS} THEN 1 END)`.as('total'),
      sql<number | null>`SUM(CASE WHEN name = ${OTHERS} THEN events END)`.as('others'),
    ])
    .executeTakeFirstOrThrow();
  const heldRows = await heldBack
    .selectAll()
    .where('name', '!=', OTHERS)
    .orderBy('events', 'desc')
    .orderBy('name')
    .limit(limit)
    .execute();
  return {
    names: names.map((row) => toRecord(row, now)),
    total: Number(counts.total),
    new: Number(counts.new),
    setUp: Number(counts.set_up),
    refused: Number(counts.refused),
    heldBack: heldRows.map(toHeldBack),
    heldBackTotal: Number(held.total),
    others: { taken: others?.events ?? 0, refused: others?.refused ?? 0, heldBack: Number(held.others ?? 0) },
  };
}

/** How many names are new, by environment. */
export async function countNewNames(db: Db, now: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('event_names')
    .select((row) => ['scope', row.fn.countAll<number>().as('count')])
    .where('kind', '=', 'sent')
    .where('name', '!=', OTHERS)
    .where('set_up_at', 'is', null)
    .where('first_at', '>', now - NEW_FOR_MS)
    .groupBy('scope')
    .execute();
  return new Map(rows.map(({ scope, count }) => [scope, Number(count)]));
}

// Refused alone, or with others and never taken: the same, told apart in no answer.
const IS_REFUSED = sql`(refused_at IS NOT NULL OR (events = 0 AND refused > 0))`;

function toRecord({ name, first_at, last_at, events, refused, refused_at, set_up_at }: Row, now: number) {
  const record: EventNameRecord = {
    name,
    firstAt: isoOf(first_at),
    lastAt: isoOf(last_at),
    taken: events,
    refused,
    isRefused: refused_at !== null || (events === 0 && refused > 0),
    isNew: set_up_at === null && first_at > now - NEW_FOR_MS,
    setUpAt: set_up_at === null ? null : isoOf(set_up_at),
  };
  return record;
}

function toHeldBack({ name, kind, first_at, last_at, events }: Row): HeldBackRecord {
  const reason = kind === 'event_denied' ? kind : 'event_not_allowed';
  return { name, reason, firstAt: isoOf(first_at), lastAt: isoOf(last_at), events };
}
