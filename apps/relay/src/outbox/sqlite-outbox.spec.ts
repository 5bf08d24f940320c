import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt } from '../../test/outbox-suite/attempt';
import { describeOutbox } from '../../test/outbox-suite/describe-outbox';
import { DELIVERED, deleteOf, track } from '../../test/outbox-suite/sample-events';
import { openSqlite } from './open-sqlite';
import { SqliteOutbox } from './sqlite-outbox';

describeOutbox(SqliteOutbox.name, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-outbox-'));
  return {
    open: async (backlogLimit) => SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), backlogLimit),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe(`the files of ${SqliteOutbox.name}`, () => {
  it('hold nothing of a user that was erased, its id neither', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relay-outbox-'));
    const outbox = await SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), 1_000);
    const contents = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    const body = JSON.stringify({ text: `secret-of-anna ${'x'.repeat(20_000)}` });
    await outbox.accept([track('one', { body }), track('two', { body })]);
    await attempt(outbox, [DELIVERED], { learnt: [['anna', true]] });
    expect(contents().some((text) => text.includes('secret-of-anna'))).toBe(true);

    await outbox.accept([deleteOf('anna', 'three', { body })]);
    await attempt(outbox, [DELIVERED], { learnt: [['anna', false]] });
    for (const text of contents()) expect(text).not.toMatch(/anna/);

    await outbox.close();
    rmSync(folder, { recursive: true });
  });
});
