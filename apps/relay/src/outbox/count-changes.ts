import { sql } from 'kysely';
import type { Tx } from './lanes';
import type { EventCountTable, EventState, Flag, FlowTable } from './outbox-schema';

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

type Counted = Omit<EventCountTable, 'count'>;
type FlowCounts = Omit<FlowTable, 'minute' | 'destination'>;

export const NO_FLOW: FlowCounts = { accepted: 0, delivered: 0, filtered: 0, unsupported: 0, rejected: 0, requests: 0 };

/** Keeps the counts of events, and of what happened in the minute of `now`, in step with these changes. */
export async function countChanges(tx: Tx, now: number, changes: readonly Change[]): Promise<void> {
  const counts = new Map<string, { counted: Counted; by: number }>();
  const flows = new Map<string, FlowCounts>();
  for (const { destination, type, from, to, count = 1 } of changes) {
    if (from) add(counts, toCounted(destination, type, from), -count);
    if (to) add(counts, toCounted(destination, type, to), count);
    const flow = flows.get(destination) ?? { ...NO_FLOW };
    flows.set(destination, flow);
    if (!from) flow.accepted += count;
    if (to && to.state !== 'pending' && to.state !== from?.state) flow[to.state] += count;
  }
  for (const { counted, by } of counts.values()) if (by !== 0) await addToCount(tx, counted, by);
  for (const [destination, flow] of flows) await addToFlow(tx, destination, now, flow);
}

/** Adds to what happened at a destination in the minute of `at`. */
export async function addToFlow(tx: Tx, destination: string, at: number, counts: Partial<FlowCounts>): Promise<void> {
  const { accepted, delivered, filtered, unsupported, rejected, requests } = { ...NO_FLOW, ...counts };
  if (accepted + delivered + filtered + unsupported + rejected + requests === 0) return;
  await sql`
    INSERT INTO flow (minute, destination, accepted, delivered, filtered, unsupported, rejected, requests)
    VALUES (${minuteOf(at)}, ${destination}, ${accepted}, ${delivered}, ${filtered}, ${unsupported}, ${rejected}, ${requests})
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

function add(counts: Map<string, { counted: Counted; by: number }>, counted: Counted, by: number): void {
  const key = JSON.stringify(Object.values(counted));
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
