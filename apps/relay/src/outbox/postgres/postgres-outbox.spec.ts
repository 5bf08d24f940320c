import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import { describeOutbox } from '../../../test/outbox-suite/describe-outbox';
import { connectPostgres, openPostgres } from './open-postgres';
import { PostgresOutbox } from './postgres-outbox';

// Some tests make hundreds of turns, and each commits several times.
jest.setTimeout(180_000);

describeOnPostgres('PostgreSQL', (createSchema) => {
  // Emptied for each test: making one takes longer than most tests do.
  let schema: OwnSchema;
  beforeAll(async () => {
    schema = await createSchema();
    await (await openPostgres(schema.store)).destroy();
  });
  afterAll(() => schema.remove());

  describeOutbox(PostgresOutbox.name, async () => ({
    open: async (limits) => {
      const circle = { schema: schema.name, sender: 'test' };
      return PostgresOutbox.create(await connectPostgres(schema.store), { ...limits, leaseMs: 30_000, circle });
    },
    remove: () => schema.empty(),
  }));
});
