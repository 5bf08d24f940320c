import { monthOf } from '../counting/calendar';
import type { Settlement } from '../port/turn';
import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import type { UsageMostColumns } from '../schema/usage-schema';

const WRITTEN_EVERY_MS = 60_000;
// Of one kind and minute: beyond it, what comes for the first time is not counted.
const MOST_NAMES = 2_000;

type Kind = UsageMostColumns['kind'];
type Count = Omit<UsageMostColumns, 'events'> & { readonly events: number };

/**
 * Which events were sent most, and for whom. Counted in memory and added up in the store every minute: a row for each request
 * would cost more than all else that is counted. A process that dies takes along what it has not added.
 */
export class MostSent {
  readonly #counts: Readonly<Record<Kind, Map<string, Count>>> = { event: new Map(), user: new Map() };
  #writtenAt = -Infinity;

  /** `transact` does work in a transaction. */
  constructor(private readonly transact: (work: (tx: Tx) => Promise<void>) => Promise<void>) {}

  /** What turns have sent. Resolves at once, but every minute when it is added up. */
  async note(settlements: readonly Settlement[]): Promise<void> {
    for (const { environment, requests, learnt } of settlements) {
      const erased = new Set(learnt.flatMap(([userId, news]) => (news === 'erased' ? [userId] : [])));
      for (const userId of erased) this.forget(userId);
      for (const { told, sentAt, reply } of requests) {
        // A bulk tells of no events.
        if (!told || !('status' in reply) || reply.status >= 300) continue;
        const month = monthOf(sentAt);
        let sum = 0;
        for (const [name, count] of told.events) {
          this.#add({ environment, month, kind: 'event', name, events: count });
          sum += count;
        }
        if (sum > 0 && !erased.has(told.userId))
          this.#add({ environment, month, kind: 'user', name: told.userId, events: sum });
      }
    }
    const now = settlements[0]?.now ?? this.#writtenAt;
    // A clock that was set back must not keep it for ever.
    if (Math.abs(now - this.#writtenAt) < WRITTEN_EVERY_MS) return;
    this.#writtenAt = now;
    await this.write();
  }

  /** Of a user who is erased nothing is counted. */
  forget(userId: string): void {
    for (const [key, { name }] of this.#counts.user) if (name === userId) this.#counts.user.delete(key);
  }

  /** Adds it up now: of each kind those names at most that were sent most. Where the store fails just then, these are not counted. */
  async write(most = Infinity): Promise<void> {
    const counts = [...takeMost(this.#counts.event, most), ...takeMost(this.#counts.user, most)];
    if (counts.length > 0) await this.transact((tx) => writeMostSent(tx, counts)).catch(() => undefined);
  }

  #add(count: Count): void {
    const counts = this.#counts[count.kind];
    const key = `${count.month} ${count.environment} ${count.name}`;
    const sum = counts.get(key);
    if (sum) counts.set(key, { ...sum, events: sum.events + count.events });
    else if (counts.size < MOST_NAMES) counts.set(key, count);
  }
}

function takeMost(counts: Map<string, Count>, most: number): readonly Count[] {
  const all = [...counts];
  const taken = all.length <= most ? all : all.sort(([, one], [, other]) => other.events - one.events).slice(0, most);
  for (const [key] of taken) counts.delete(key);
  return taken.map(([, count]) => count);
}

/** Of a user who is erased nothing is kept by name. */
export async function forgetMostSent(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('usage_most').where('kind', '=', 'user').where('name', '=', userId).execute();
}

/** Adds it to the store, in one order: two that do so never wait for each other. */
async function writeMostSent(tx: Tx, counts: readonly Count[]): Promise<void> {
  const rows = counts.map(({ environment, month, kind, name, events }) => [environment, month, kind, name, events]);
  await executeForRows(tx, ADD, rows);
}

const COLUMNS = 'environment, month, kind, name, events';
// A user whom another process has erased meanwhile is not brought back.
const ADDED = `WHERE new.kind = 'event' OR EXISTS (
    SELECT 1 FROM environment_users AS known WHERE known.user_id = new.name
      AND known.environment = COALESCE((SELECT users_key FROM environments WHERE id = new.environment), new.environment)
  )`;
const IF_THERE = `ON CONFLICT (kind, name, environment, month) DO UPDATE SET events = usage_most.events + excluded.events`;
const ADD = {
  one: `INSERT INTO usage_most (${COLUMNS})
    SELECT ${COLUMNS} FROM (SELECT ? AS environment, ? AS month, ? AS kind, ? AS name, ? AS events) AS new ${ADDED} ${IF_THERE}`,
  all: `INSERT INTO usage_most (${COLUMNS})
    SELECT ${COLUMNS} FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]) AS new (${COLUMNS})
    ${ADDED} ORDER BY kind, name, environment, month ${IF_THERE}`,
};
