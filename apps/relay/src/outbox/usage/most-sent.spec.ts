import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settlementOf } from '../../../test/outbox-suite/attempt';
import { NOW } from '../../../test/outbox-suite/sample-events';
import { sentFor } from '../../../test/outbox-suite/using';
import type { Settlement, Turn } from '../port/turn';
import type { Db } from '../schema/outbox-schema';
import { openSqlite } from '../sqlite/open-sqlite';
import { markUsers } from './mark-users';
import { MostSent } from './most-sent';

const TURN: Turn = {
  id: 1,
  destination: 'here',
  lanes: [],
  events: [],
  usableUntil: NOW,
  isPurge: false,
  isBackfilled: false,
};

describe(MostSent.name, () => {
  let folder: string;
  let db: Db;
  let mostSent: MostSent;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-most-sent-'));
    db = await openSqlite(join(folder, 'relay.db'));
    mostSent = new MostSent((work) => db.transaction().execute(work));
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const sent = (userId: string, now = NOW): Settlement =>
    settlementOf(TURN, [], { now, requests: [sentFor(TURN, userId)] });
  const kept = async (): Promise<readonly (readonly [string, number])[]> => {
    const rows = await db.selectFrom('usage_most').selectAll().orderBy('name').execute();
    return rows.map(({ name, events }) => [name, events] as const);
  };
  const remember = (...users: readonly string[]): Promise<unknown> =>
    db.transaction().execute((tx) => markUsers(tx, 'here', { month: 202601, users, now: NOW }));

  it('is added up once a minute', async () => {
    await remember('anna', 'bert');
    await mostSent.note([sent('anna')]);
    await mostSent.note([sent('anna'), sent('bert')]);
    expect(await kept()).toEqual([
      ['Seen', 1],
      ['anna', 1],
    ]);
    await mostSent.note([sent('anna', NOW + 60_000)]);
    expect(await kept()).toEqual([
      ['Seen', 4],
      ['anna', 3],
      ['bert', 1],
    ]);
  });

  it('is up to date with what was sent most, where that is asked for', async () => {
    await remember('anna', 'bert');
    await mostSent.note([sent('anna')]);
    await mostSent.note([sent('anna'), sent('bert'), sent('bert')]);
    await mostSent.write(1);
    expect(await kept()).toEqual([
      ['Seen', 4],
      ['anna', 1],
      ['bert', 2],
    ]);
    await mostSent.write();
    expect(await kept()).toContainEqual(['anna', 2]);
  });

  it('brings nobody back who was erased meanwhile, by another process perhaps', async () => {
    await remember('anna', 'bert');
    await mostSent.note([settlementOf(TURN, [])]);
    await mostSent.note([sent('anna'), sent('bert')]);
    await db.deleteFrom('environment_users').where('user_id', '=', 'anna').execute();
    await mostSent.write();
    expect(await kept()).toEqual([
      ['Seen', 2],
      ['bert', 1],
    ]);
  });
});
