import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sampleEvent } from '../load/sample-event';

const RELAY = join(__dirname, '../../../../apps/relay/out-tsc/app');
const BATCH = 1_000;
export const DAYS = 7;
const DAY_MS = 86_400_000;

interface Outbox {
  accept(events: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** What of the compiled relay is used here: a tool may not import an app. */
interface StoreParts {
  openSqlite(path: string): Promise<object>;
  readonly SqliteOutbox: { create(db: object, limits: { backlogLimit: number; parkedLimit: number }): Promise<Outbox> };
}

/** Of a hundred events, in turn: what became of them. `pending` waits. */
const FATES: readonly (readonly [upTo: number, state: string, reason: string | null])[] = [
  [80, 'delivered', null],
  [90, 'filtered', 'event_denied'],
  [94, 'unsupported', 'anonymous_user'],
  [95, 'rejected', 'refused'],
  [100, 'pending', null],
];
const TYPES = ['track', 'track', 'track', 'page', 'identify'] as const;
const USERS = 200_000;

/** What is rare, and old: whoever looks for it must not be made to look through everything. */
export const RARE = { destination: 'retired', type: 'alias', reason: 'missing_previous_id', userId: 'rare-user' };

/** Fills a store through its own code with events of the last days, the oldest first. Returns events a second. */
export async function fillLists(path: string, events: number, now: number): Promise<number> {
  const load = createRequire(__filename);
  const parts = Object.assign(
    {},
    ...['open-sqlite', 'sqlite-outbox'].map((name) => load(join(RELAY, 'outbox/sqlite', `${name}.js`)) as object),
  ) as StoreParts;
  const outbox = await parts.SqliteOutbox.create(await parts.openSqlite(path), {
    backlogLimit: 10 * events,
    parkedLimit: 10 * events,
  });
  const start = performance.now();
  const body = JSON.stringify(sampleEvent('track'));
  const first = now - DAYS * DAY_MS;
  for (let index = 0; index < events; index += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, offset) => {
      const at = first + Math.floor(((index + offset) / events) * DAYS * DAY_MS);
      return newEvent(index + offset, at, body);
    });
    await outbox.accept(batch);
  }
  await outbox.close();
  return events / ((performance.now() - start) / 1_000);
}

function newEvent(index: number, acceptedAt: number, body: string): object {
  const common = { messageId: `message-${index}`, body, acceptedAt };
  if (index < 10) {
    const { destination, type, reason, userId } = RARE;
    const outcome = { outcome: 'rejected', reason, message: 'it is rare', warnings: [] };
    return { ...common, destination, type, fate: { outcome, userId } };
  }
  const [, state = '', reason = null] = FATES.find(([upTo]) => index % 100 < upTo) ?? [];
  const userId = `user-${index % USERS}`;
  const waiting = { lane: userId, createsUser: false, deletesUser: false, otherUser: null };
  const settled = { outcome: { outcome: state, reason, message: null, warnings: [] }, userId };
  const type = TYPES[index % TYPES.length];
  const destination = index % 10 === 3 ? 'second' : 'default';
  return { ...common, destination, type, fate: state === 'pending' ? waiting : settled };
}
