import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, leaseTurn, messageIdsOf } from '../../../test/outbox-suite/attempt';
import { recordOf } from '../../../test/outbox-suite/record-of';
import { DELIVERED, NOW, track } from '../../../test/outbox-suite/sample-events';
import { MIGRATIONS } from './migrations';
import { createOutbox } from './001-outbox';
import { openSqlite } from '../sqlite/open-sqlite';
import { SqliteOutbox } from '../sqlite/sqlite-outbox';

// What the relay of that form wrote: id, lane, type, state, settled_at.
const OLD_EVENTS: readonly [number, string | null, string, string, number | null][] = [
  [1, 'anna', 'identify', 'delivered', NOW],
  [2, null, 'track', 'rejected', NOW],
  [3, 'anna', 'track', 'pending', null],
  [4, 'bert', 'track', 'pending', null],
  [5, 'anna', 'track', 'pending', null],
  [6, 'cleo', 'track', 'pending', null],
  [7, 'cleo', 'delete', 'pending', null],
];

/** Makes a store as the first migration left it. */
async function writeOldStore(path: string): Promise<void> {
  const database = new Database(path);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const provider = { getMigrations: async () => ({ '001-outbox': createOutbox }) };
  await new Migrator({ db, provider }).migrateToLatest();
  const insertEvent = database.prepare(`
    INSERT INTO events (id, destination, message_id, type, lane, body, accepted_at, state, attempts, reason, message,
      warnings, settled_at)
    VALUES (?, 'here', ?, ?, ?, ?, ?, ?, 2, ?, NULL, '[]', ?)`);
  for (const [id, lane, type, state, settledAt] of OLD_EVENTS) {
    const body = JSON.stringify({ messageId: `m${id}` });
    insertEvent.run(
      id,
      `m${id}`,
      type,
      lane,
      body,
      NOW + id,
      state,
      state === 'rejected' ? 'refused' : null,
      settledAt,
    );
  }
  const insertLane = database.prepare(`INSERT INTO lanes VALUES ('here', ?, ?, ?, 4, ?)`);
  insertLane.run('anna', 3, NOW + 60_000, 1);
  insertLane.run('bert', 4, 0, 0);
  insertLane.run('cleo', 6, 0, 0);
  database.exec(`INSERT INTO known_users VALUES ('here', 'anna', ${NOW})`);
  await db.destroy();
}

describe('a store of the first form', () => {
  let folder: string;
  let outbox: SqliteOutbox;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-old-store-'));
    await writeOldStore(join(folder, 'relay.db'));
    outbox = await SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), { backlogLimit: 6, parkedLimit: 6 });
  });
  afterEach(async () => {
    await outbox.close();
    rmSync(folder, { recursive: true });
  });

  const record = (messageId: string) => recordOf(outbox, messageId);

  it('keeps every event and what became of it', async () => {
    const events = [...(await outbox.listEvents({ limit: 100 }))].reverse();
    expect(events.map(({ id, userId, type, state }) => [id, userId, type, state])).toEqual(
      OLD_EVENTS.map(([id, lane, type, state]) => [id, lane, type, state]),
    );
    const acceptedAt = new Date(NOW + 3).toISOString();
    expect(await record('m3')).toMatchObject({ attempts: 2, history: [], acceptedAt, settledAt: null });
    expect(await record('m2')).toMatchObject({ reason: 'refused', settledAt: new Date(NOW).toISOString() });
  });

  it('delivers what waits, deletes first and then the oldest lane', async () => {
    expect(messageIdsOf(await leaseTurn(outbox))).toEqual(['m7']);
    expect(messageIdsOf(await leaseTurn(outbox))).toEqual(['m3', 'm5']);
    expect(messageIdsOf(await leaseTurn(outbox))).toEqual(['m4']);
    expect(await record('m6')).toMatchObject({ state: 'filtered', reason: 'user_deleted' });
  });

  it('tells repetitions of what it has', async () => {
    await outbox.accept([track('m1'), track('m2'), track('m3')]);
    expect(await outbox.countPending('here')).toBe(5);
  });

  it('still knows users', async () => {
    expect(await outbox.isKnownUser('here', 'anna')).toBe(true);
    expect(await outbox.isKnownUser('here', 'bert')).toBe(false);
  });

  it('has its dead letters to be replayed', async () => {
    expect(await outbox.loadDeadLetters({}, undefined, 10)).toEqual([
      {
        id: 2,
        acceptedAt: NOW + 2,
        destination: 'here',
        state: 'rejected',
        body: '{"messageId":"m2"}',
        claimedBy: null,
      },
    ]);
  });

  it('counts what waits from its arrival for the retry horizon', async () => {
    const call = { destination: 'here', now: NOW + 10, sentence: 'given up', limit: 100 };
    expect(await outbox.giveUp({ ...call, before: NOW + 4 })).toHaveLength(1);
    expect(await record('m3')).toMatchObject({ state: 'rejected' });
    expect(await record('m5')).toMatchObject({ state: 'pending' });
  });

  it('counts its backlog', async () => {
    await outbox.accept([track('new')]);
    await expect(outbox.accept([track('newer')])).rejects.toThrow('more events wait');
    await attempt(outbox, [DELIVERED]);
    await outbox.accept([track('newest')]);
  });

  it('is brought to the new form once', async () => {
    await outbox.close();
    outbox = await SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), {
      backlogLimit: 100,
      parkedLimit: 100,
    });
    expect(await outbox.countPending('here')).toBe(5);
  });

  it('takes every migration there is', async () => {
    expect(Object.keys(await MIGRATIONS.getMigrations())).toEqual([
      '001-outbox',
      '002-delivery-engine',
      '003-operations',
      '004-backlog-samples',
      '005-store-moves',
      '006-budget-places',
      '007-environments',
      '008-lane-states',
      '009-steps',
      '010-past-pauses',
      '011-doubts',
      '012-held-events',
      '013-memory',
      '014-usage',
      '015-event-names',
      '016-priorities',
      '019-event-lists',
      '020-waiting-aliases',
    ]);
  });
});
