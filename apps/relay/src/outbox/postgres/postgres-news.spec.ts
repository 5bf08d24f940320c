import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import { connectionsTo } from './connection-to';
import { connectPostgres } from './open-postgres';
import type { OutboxSchema } from '../schema/outbox-schema';
import { PostgresNews } from './postgres-news';
import { tellOthers } from './tell-others';
import type { News } from '../port/store-news';

describeOnPostgres(PostgresNews.name, (createSchema) => {
  let schema: OwnSchema;
  let db: Kysely<OutboxSchema>;
  let news: PostgresNews;
  let heard: News[];
  beforeEach(async () => {
    schema = await createSchema();
    db = await connectPostgres(schema.store);
    news = open('listener');
    heard = [];
    news.listen((one) => heard.push(one));
    await untilListening();
  });
  afterEach(async () => {
    await news.close();
    await db.destroy();
    await schema.remove();
  });

  const open = (sender: string): PostgresNews =>
    new PostgresNews(connectionsTo({ url: schema.url }), { schema: schema.name, sender });
  const tell = (destination: string, { schema: to = schema.name, sender = 'teller' } = {}) =>
    tellOthers(db, { schema: to, sender }, { what: 'steered', destination });

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await wait(5);
  }

  /** News that nobody listens for is lost: told again and again until it is heard. */
  async function untilListening(): Promise<void> {
    await until(async () => {
      await tell('here');
      return heard.length > 0;
    });
    await tell('last');
    await until(() => heard.at(-1)?.destination === 'last');
    heard.length = 0;
  }

  it('brings what others tell of the same store', async () => {
    await tell('here');
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ what: 'steered', destination: 'here' }]);
  });

  it('brings neither its own news nor that of another store, and passes over what is no news', async () => {
    await tell('own', { sender: 'listener' });
    await tell('elsewhere', { schema: 'another' });
    await sql`SELECT pg_notify('segment_userleap', 'no JSON')`.execute(db);
    await tell('last');
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ what: 'steered', destination: 'last' }]);
  });

  it('nudges others once, however often it is asked within a moment', async () => {
    const busy = open('busy');
    await until(() => {
      busy.nudge('here');
      return heard.length > 0;
    });
    for (let times = 0; times < 100; times += 1) busy.nudge('here');
    await busy.close();
    await tell('last');
    await until(() => heard.at(-1)?.destination === 'last');
    expect(heard[0]).toEqual({ what: 'ready', destination: 'here' });
    expect(heard.length).toBeLessThan(5);
  });

  it('listens again after its connection has broken', async () => {
    const listening = sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()`;
    await listening.execute(db);
    await untilListening();
  });
});
