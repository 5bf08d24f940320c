/// <reference types="jest" />
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { PostgresStore } from '../../src/config/relay-config';

/** A schema of a test's own. */
export interface OwnSchema {
  /** Of the database itself, as its administrator. */
  readonly url: string;
  readonly name: string;
  /** As the relay is told of it. */
  readonly store: PostgresStore;
  /** Empties its tables, but for what says which migrations it has. */
  empty(): Promise<void>;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

/** Describes what needs PostgreSQL; where there is none, names it as not run. */
export function describeOnPostgres(title: string, body: (createSchema: () => Promise<OwnSchema>) => void): void {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url) describe(title, () => body(() => createSchema(url)));
  else describe.skip(`${title} (not run: no PostgreSQL)`, () => body(() => Promise.reject(new Error('no PostgreSQL'))));
}

async function createSchema(url: string): Promise<OwnSchema> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SET client_min_messages = warning; CREATE SCHEMA ${name}`);
  const pooled = process.env['TEST_POSTGRES_POOLED_URL'];
  const limits = { connections: 10, statementTimeoutMs: 30_000, leaseMs: 30_000 };
  return {
    url,
    name,
    store: { kind: 'postgres', url: pooled ?? url, listenUrl: pooled && url, schema: name, ...limits },
    empty: async () => {
      const { rows } = await client.query<{ table: string }>(TABLES, [name]);
      await client.query(rows.map(({ table }) => `DELETE FROM ${table};`).join(' '));
    },
    remove: async () => {
      await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.end();
    },
  };
}

const TABLES = `
  SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
  WHERE schemaname = $1 AND tablename NOT LIKE 'kysely%'`;
