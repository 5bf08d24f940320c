import { tableNamer } from './name-tables';

describe(tableNamer.name, () => {
  const name = tableNamer('mine');

  it.each([
    [
      'select "events"."id" from "events" where "lane" = $1',
      'select "events"."id" from "mine"."events" where "lane" = $1',
    ],
    [
      'SELECT e.id FROM events AS e JOIN lanes ON lanes.lane = e.lane',
      'SELECT e.id FROM "mine".events AS e JOIN "mine".lanes ON lanes.lane = e.lane',
    ],
    ['insert into "lanes" ("lane") values ($1)', 'insert into "mine"."lanes" ("lane") values ($1)'],
    [
      'INSERT INTO lanes(lane) VALUES ($1) ON CONFLICT (lane) DO UPDATE SET woken = 1',
      'INSERT INTO "mine".lanes(lane) VALUES ($1) ON CONFLICT (lane) DO UPDATE SET woken = 1',
    ],
    [
      'UPDATE events SET requests = new.requests FROM unnest($1::text[]) AS new (requests)',
      'UPDATE "mine".events SET requests = new.requests FROM unnest($1::text[]) AS new (requests)',
    ],
    ['delete from "leases" where "turn" in ($1)', 'delete from "mine"."leases" where "turn" in ($1)'],
    ['select 1 from "lanes" for update skip locked', 'select 1 from "mine"."lanes" for update skip locked'],
    ['LOCK TABLE store_moves IN ACCESS EXCLUSIVE MODE', 'LOCK TABLE "mine".store_moves IN ACCESS EXCLUSIVE MODE'],
    ['create table if not exists "events" ("id" bigint)', 'create table if not exists "mine"."events" ("id" bigint)'],
    ['CREATE INDEX events_kind ON events (type)', 'CREATE INDEX events_kind ON "mine".events (type)'],
    ['drop index "lanes_ready"', 'drop index "mine"."lanes_ready"'],
    ['ALTER INDEX one RENAME TO two', 'ALTER INDEX "mine".one RENAME TO two'],
    ['DROP INDEX IF EXISTS lanes_ready', 'DROP INDEX IF EXISTS "mine".lanes_ready'],
    ['ALTER TABLE requests RENAME TO budget_places', 'ALTER TABLE "mine".requests RENAME TO budget_places'],
    [
      'CREATE VIEW requests AS SELECT id FROM budget_places',
      'CREATE VIEW "mine".requests AS SELECT id FROM "mine".budget_places',
    ],
  ])('in %s', (statement, named) => {
    expect(name(statement)).toBe(named);
    expect(name(statement)).toBe(named);
  });

  it.each([
    'SELECT pg_notify($1, $2)',
    'select "tablename" from "pg_catalog"."pg_tables"',
    'select 1 from "other"."events"',
    'SELECT a IS DISTINCT FROM events.body',
    'SELECT * FROM eventsource',
  ])('leaves %s as it is', (statement) => {
    expect(name(statement)).toBe(statement);
  });
});
