/// <reference types="jest" />
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A schema of a test's own. */
export interface OwnSchema {
  readonly url: string;
  readonly name: string;
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
  await run(url, `CREATE SCHEMA ${name}`);
  return { url, name, remove: () => run(url, `DROP SCHEMA ${name} CASCADE`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SET client_min_messages = warning; ${statement}`);
  await client.end();
}
