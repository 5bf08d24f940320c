import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../test/postgres/describe-on-postgres';
import { describeOutbox } from '../../test/outbox-suite/describe-outbox';
import { connectPostgres, openPostgres } from './open-postgres';
import { PostgresOutbox } from './postgres-outbox';

// Some tests make hundreds of turns, and each commits several times.
jest.setTimeout(30_000);

describeOnPostgres('PostgreSQL', (createSchema) => {
  // Emptied for each test: making one takes longer than most tests do.
  let store: OwnSchema;
  beforeAll(async () => {
    store = await createSchema();
    await (await openPostgres(addressOf(store))).destroy();
  });
  afterAll(() => store.remove());

  describeOutbox(PostgresOutbox.name, async () => ({
    open: async (backlogLimit) => {
      return new PostgresOutbox(await connectPostgres(addressOf(store)), { backlogLimit, leaseMs: 30_000 });
    },
    remove: () => store.empty(),
  }));
});

function addressOf({ url, name: schema }: OwnSchema) {
  return { url, schema };
}
