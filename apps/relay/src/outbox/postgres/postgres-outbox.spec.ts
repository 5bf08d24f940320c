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
  let db: Awaited<ReturnType<typeof openPostgres>>;
  beforeAll(async () => {
    schema = await createSchema();
    db = await openPostgres(schema.store);
  });
  afterAll(async () => {
    await db.destroy();
    await schema.remove();
  });

  // What a test opens first has connections that are kept for the next: to make some takes longer than most tests do.
  const lend = () => Object.assign(db.withoutPlugins(), { destroy: () => Promise.resolve() });

  describeOutbox(PostgresOutbox.name, async () => {
    let isFirst = true;
    return {
      open: async (limits) => {
        const connected = isFirst ? lend() : await connectPostgres(schema.store);
        isFirst = false;
        const circle = { schema: schema.name, sender: 'test' };
        return PostgresOutbox.create(connected, { ...limits, leaseMs: 30_000, circle });
      },
      remove: () => schema.empty(),
    };
  });
});
