/// <reference types="jest" />
import { Client } from 'pg';
import { LARGE_TABLES, READS_ROWS } from './large-tables';

// A turn's events, or a step's, and as many that are passed over.
const MOST_ROWS = 2_000;

// Up to PostgreSQL 16 each value of a list is looked up by itself. Of so few rows it would rather read all, and rightly.
const LOOK_UP_EACH_VALUE = `
  SELECT set_config('enable_seqscan', 'off', true) WHERE current_setting('server_version_num')::integer < 170000`;

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** What a call says to PostgreSQL. */
export async function statementsOf(call: () => Promise<unknown>): Promise<readonly Statement[]> {
  const statements: Statement[] = [];
  const { query } = Client.prototype as unknown as { query: (...args: readonly unknown[]) => unknown };
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
    const [text, values = []] = args;
    if (typeof text === 'string' && READS_ROWS.test(text)) statements.push({ text, values: values as unknown[] });
    return query.apply(this, args);
  } as never);
  await call().finally(() => spy.mockRestore());
  return statements;
}

/** Where PostgreSQL reads through a large table or sorts what it holds, as a sentence each. Changes nothing. */
export async function findScans(client: Client, { text, values }: Statement): Promise<readonly string[]> {
  await client.query('BEGIN');
  await client.query(LOOK_UP_EACH_VALUE);
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    values,
  );
  await client.query('ROLLBACK');
  const nodes = rows.flatMap((row) => nodesOf(row['QUERY PLAN'][0].Plan));
  return nodes.filter(isTooMuch).map((node) => `${node['Node Type']} of ${rowsOf(node)} rows: ${text}`);
}

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function isTooMuch(node: Plan): boolean {
  const table = node['Relation Name'];
  if (table !== undefined && !LARGE_TABLES.includes(table)) return false;
  return rowsOf(node) > MOST_ROWS && (table !== undefined || node['Node Type'].includes('Sort'));
}

function rowsOf(node: Plan): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}
