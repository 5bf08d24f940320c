import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmptyStore } from '../../../test/create-empty-store';
import { attempt, leaseTurn, settle } from '../../../test/outbox-suite/attempt';
import { describeOutbox } from '../../../test/outbox-suite/describe-outbox';
import { DELIVERED, deleteOf, HERE, NOW, track } from '../../../test/outbox-suite/sample-events';
import { sentFor } from '../../../test/outbox-suite/using';
import { useOwnSqliteErrors } from '../../../test/own-sqlite-errors';
import type { BacklogLimits } from '../port/backlog-limits';
import { openSqlite } from './open-sqlite';
import { SqliteOutbox } from './sqlite-outbox';

const LIMITS: BacklogLimits = { backlogLimit: 1_000, parkedLimit: 500 };

let folder: string;
const createFolder = () => (folder = mkdtempSync(join(tmpdir(), 'relay-outbox-')));
const open = async (limits: BacklogLimits) => SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), limits);

beforeAll(useOwnSqliteErrors);

describeOutbox(SqliteOutbox.name, async () => {
  const own = createFolder();
  await createEmptyStore(own);
  return { open, remove: async () => rmSync(own, { recursive: true }) };
});

const BY_HAND = { userId: 'anna', now: NOW, limit: 100 };

describe(`the files of ${SqliteOutbox.name}`, () => {
  beforeEach(createFolder);
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    [
      'by its Delete',
      async (outbox: SqliteOutbox, body: string) => {
        await outbox.accept([deleteOf('anna', 'three', { body })]);
        await attempt(outbox, [DELIVERED], { learnt: [['anna', 'erased']] });
      },
    ],
    ['by hand', async (outbox: SqliteOutbox) => void (await outbox.eraseUser(BY_HAND))],
  ])('hold nothing of a user that was erased %s, its id neither', async (_, erase) => {
    const outbox = await open(LIMITS);
    const contents = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    const body = JSON.stringify({ text: `secret of anna ${'x'.repeat(20_000)}` });
    await outbox.accept([track('one', { body }), track('two', { body, eventName: 'Bill of anna' })]);
    await outbox.trackUsers({ environment: HERE, users: ['anna'], at: NOW, limit: 10 });
    const turn = await leaseTurn(outbox);
    await settle(outbox, turn, [DELIVERED], { learnt: [['anna', 'known']], requests: [sentFor(turn, 'anna')] });
    const { topUsers } = await outbox.usage({ environment: HERE, destinations: [HERE], month: 202601 });
    expect(topUsers).toMatchObject([{ userId: 'anna' }]);
    expect(contents().some((text) => text.includes('secret of anna'))).toBe(true);

    await erase(outbox, body);
    for (const text of contents()) expect(text).not.toMatch(/anna/);
    await outbox.close();
  });
});
