/// <reference types="jest" />
import { connectPostgres, openPostgres } from '../../src/outbox/postgres/open-postgres';
import { PostgresOutbox } from '../../src/outbox/postgres/postgres-outbox';
import type { Db } from '../../src/outbox/schema/outbox-schema';
import type { OwnSchema } from './describe-on-postgres';

const LIMITS = { backlogLimit: 1_000_000, parkedLimit: 500_000, leaseMs: 30_000 };

/** Outboxes on one database, each as of a process of its own. */
export interface Replicas {
  /** Two that are there for each test. */
  readonly one: PostgresOutbox;
  readonly other: PostgresOutbox;
  /** The database itself. */
  readonly db: Db;
  /** A further one. */
  open(limits?: Partial<typeof LIMITS>): Promise<PostgresOutbox>;
  /** Ends one before the end of the test. */
  close(outbox: PostgresOutbox): Promise<void>;
}

/** Gives each test replicas on a store that is empty. What it returns may be used within tests only. */
export function useReplicas(createSchema: () => Promise<OwnSchema>): Replicas {
  let schema: OwnSchema;
  let db: Db;
  let opened: PostgresOutbox[] = [];
  const open = async (limits: Partial<typeof LIMITS> = {}): Promise<PostgresOutbox> => {
    const circle = { schema: schema.name, sender: `replica ${opened.length}` };
    const outbox = await PostgresOutbox.create(await connectPostgres(schema.store), { ...LIMITS, circle, ...limits });
    opened.push(outbox);
    return outbox;
  };
  beforeAll(async () => {
    schema = await createSchema();
    db = await openPostgres(schema.store);
  });
  afterAll(async () => {
    await db.destroy();
    await schema.remove();
  });
  beforeEach(async () => {
    opened = [];
    await open();
    await open();
  });
  afterEach(async () => {
    for (const outbox of opened) await outbox.close();
    await schema.empty();
  });
  return {
    get one() {
      return opened[0] as PostgresOutbox;
    },
    get other() {
      return opened[1] as PostgresOutbox;
    },
    get db() {
      return db;
    },
    open,
    async close(outbox) {
      await outbox.close();
      opened = opened.filter((each) => each !== outbox);
    },
  };
}
