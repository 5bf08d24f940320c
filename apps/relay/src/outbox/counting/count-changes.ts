import { sql } from 'kysely';
import type { EventCountColumns, EventState, Flag, FlowColumns, Tx } from '../schema/outbox-schema';

/** What an event is counted as. */
export interface Kind {
  readonly state: EventState;
  readonly reason: string | null;
  readonly erased?: Flag;
}

/** Events that became something else: without `from` they are new, without `to` they are gone. */
export interface Change {
  readonly destination: string;
  readonly type: string;
  readonly from?: Kind;
  readonly to?: Kind;
  /** How many; 1 unless given. */
  readonly count?: number;
}

type Counted = Omit<EventCountColumns, 'count'>;
type FlowCounts = Omit<FlowColumns, 'minute' | 'destination'>;

export const NO_FLOW: FlowCounts = { accepted: 0, delivered: 0, filtered: 0, unsupported: 0, rejected: 0, requests: 0 };

/** What a transaction has counted so far. */
interface Tally {
  readonly counts: Map<string, { readonly counted: Counted; by: number }>;
  readonly flows: Map<string, FlowColumns>;
}

const TALLIES = new WeakMap<Tx, Tally>();

/** Counts these changes, and what happened in the minute of `now`; `writeCounts` keeps it. */
export function countChanges(tx: Tx, now: number, changes: readonly Change[]): void {
  const { counts } = tallyOf(tx);
  for (const { destination, type, from, to, count = 1 } of changes) {
    if (from) add(counts, toCounted(destination, type, from), -count);
    if (to) add(counts, toCounted(destination, type, to), count);
    if (!from) addToFlow(tx, destination, now, { accepted: count });
    if (to && to.state !== 'pending' && to.state !== from?.state) {
      addToFlow(tx, destination, now, { [to.state]: count });
    }
  }
}

/** Adds to what happened at a destination in the minute of `at`; `writeCounts` keeps it. */
export function addToFlow(tx: Tx, destination: string, at: number, counts: Partial<FlowCounts>): void {
  const { flows } = tallyOf(tx);
  const minute = minuteOf(at);
  const key = `${minute} ${destination}`;
  const flow = flows.get(key) ?? { minute, destination, ...NO_FLOW };
  for (const [name, by] of Object.entries(counts)) flow[name as keyof FlowCounts] += by;
  flows.set(key, flow);
}

/**
 * Keeps what a transaction has counted. Counts are shared by all: writing them last, and in one order, keeps the time short
 * that others wait for them, and nobody waits in a circle.
 */
export async function writeCounts(tx: Tx): Promise<void> {
  const { counts, flows } = tallyOf(tx);
  TALLIES.delete(tx);
  for (const [, { counted, by }] of inOrder(counts)) if (by !== 0) await addToCount(tx, counted, by);
  for (const [, flow] of inOrder(flows)) await writeFlow(tx, flow);
}

function tallyOf(tx: Tx): Tally {
  const tally = TALLIES.get(tx) ?? { counts: new Map(), flows: new Map() };
  TALLIES.set(tx, tally);
  return tally;
}

function inOrder<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function writeFlow(tx: Tx, flow: FlowColumns): Promise<void> {
  const { minute, destination, accepted, delivered, filtered, unsupported, rejected, requests } = flow;
  await sql`
    INSERT INTO flow (minute, destination, accepted, delivered, filtered, unsupported, rejected, requests)
    VALUES (${minute}, ${destination}, ${accepted}, ${delivered}, ${filtered}, ${unsupported}, ${rejected}, ${requests})
    ON CONFLICT (minute, destination) DO UPDATE SET
      accepted = flow.accepted + excluded.accepted, delivered = flow.delivered + excluded.delivered,
      filtered = flow.filtered + excluded.filtered, unsupported = flow.unsupported + excluded.unsupported,
      rejected = flow.rejected + excluded.rejected, requests = flow.requests + excluded.requests
  `.execute(tx);
}

/** The start of the minute that a time falls into. */
export function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS;
}

export const MINUTE_MS = 60_000;

function toCounted(destination: string, type: string, { state, reason, erased = 0 }: Kind): Counted {
  return { destination, state, type, reason: reason ?? '', erased };
}

function add(counts: Tally['counts'], counted: Counted, by: number): void {
  const { destination, state, type, reason, erased } = counted;
  const key = `${destination} ${state} ${type} ${reason} ${erased}`;
  const sum = counts.get(key);
  if (sum) sum.by += by;
  else counts.set(key, { counted, by });
}

async function addToCount(tx: Tx, { destination, state, type, reason, erased }: Counted, by: number): Promise<void> {
  await sql`
    INSERT INTO event_counts (destination, state, type, reason, erased, count)
    VALUES (${destination}, ${state}, ${type}, ${reason}, ${erased}, ${by})
    ON CONFLICT (destination, state, type, reason, erased) DO UPDATE SET count = event_counts.count + excluded.count
  `.execute(tx);
}
