import { Client } from 'pg';
import { knowUsers, nameOf } from '../usage/know-users';
import { isFileOf } from '../usage/measure-month';
import { DESTINATION } from '../usage/play-turns';
import type { Place } from '../usage/play-turns';
import { openStore } from '../usage/relay-store';
import type { RelayStore } from '../usage/relay-store';

const EVENTS_AT_ONCE = 1_000;
// From one user that comes to the next: ids are no more in order of arrival than in life.
const STEP = 104_729;
const EVENT_BYTES = 600;
/** What UserLeap was told of one: its memory. */
export const TOLD_BYTES = 200;

type Env = Readonly<Record<string, string>>;

/** A store in which so many users wait, each with one event. */
export interface WaitingUsers {
  readonly store: RelayStore;
  readonly env: Env;
}

/** All are known. */
export async function letUsersWait(env: Env, users: number, place: Place): Promise<WaitingUsers> {
  const store = await openStore(env);
  const known = { environment: place.environment, isFile: isFileOf(env), from: 0, to: users, told: TOLD_BYTES };
  await knowUsers(store, known);
  for (let from = 0; from < users; from += EVENTS_AT_ONCE) {
    const arrivals = Array.from({ length: Math.min(EVENTS_AT_ONCE, users - from) }, (_, index) => from + index);
    const events = arrivals.map((at) => trackOf(nameOf((at * STEP) % users), `first ${at}`, place));
    await store.outbox.accept(events);
  }
  return { store, env };
}

/** Something of a user that is to exist already. */
export function trackOf(userId: string, messageId: string, { now }: Place): object {
  const fate = { lane: userId, createsUser: false, deletesUser: false, otherUser: null };
  const event = { messageId, userId, event: 'Order Completed', context: '' };
  const context = '.'.repeat(EVENT_BYTES - JSON.stringify(event).length);
  const body = JSON.stringify({ ...event, context });
  return { destination: DESTINATION, messageId, type: 'track', body, acceptedAt: now, fate };
}

/** Of those that wait for their turn, every so many-th waits for its user instead, who was looked up in vain and is to be again. */
export async function park({ store }: WaitingUsers, every: number, { environment, now }: Place): Promise<void> {
  const isChosen = `CAST(substr(user_id, 6) AS integer) % ${every} = 0`;
  const chosen = `SELECT user_id FROM environment_users WHERE known = 0 AND environment = '${environment}'`;
  const statements = [
    `UPDATE environment_users SET known = 0, told = NULL, look_ups = 1, look_up_at = ${now} WHERE known = 1 AND ${isChosen}`,
    `UPDATE lanes SET parked = 1, parked_events = 1, attempts = 1, due_at = ${now} WHERE parked = 0 AND lane IN (${chosen})`,
    `UPDATE events SET reason = 'unknown_user' WHERE state = 'pending' AND reason IS NULL AND lane IN (${chosen})`,
    `DELETE FROM event_counts WHERE state = 'pending'`,
    `INSERT INTO event_counts (destination, state, type, reason, erased, count)
      SELECT destination, state, type, COALESCE(reason, ''), 0, COUNT(*) FROM events
      WHERE state = 'pending' GROUP BY destination, state, type, reason`,
  ];
  for (const statement of statements) await store.query(statement);
}

/** What PostgreSQL does by itself within a minute. */
export async function tidyUp(env: Env): Promise<void> {
  if (isFileOf(env)) return;
  const { DATABASE_URL, RELAY_DATABASE_SCHEMA } = env;
  const client = new Client({ connectionString: DATABASE_URL, options: `-c search_path=${RELAY_DATABASE_SCHEMA}` });
  await client.connect();
  await client.query('VACUUM ANALYZE').finally(() => client.end());
}
