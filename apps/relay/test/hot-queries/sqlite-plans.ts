/// <reference types="jest" />
import Database from 'better-sqlite3';
import { LARGE_TABLES, READS_ROWS } from './large-tables';

/** What a call says to SQLite for the first time. */
export async function statementsOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const statements = new Set<string>();
  const { prepare } = Database.prototype;
  const spy = jest.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, text) {
    if (READS_ROWS.test(text)) statements.add(text);
    return prepare.call(this, text);
  });
  await call().finally(() => spy.mockRestore());
  return [...statements];
}

/** Where SQLite reads through all of a large table or sorts what it holds, as a sentence each. */
export function findScans(database: Database.Database, text: string): readonly string[] {
  const values = Array.from(text.matchAll(/\?/g), () => null);
  const rows = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...values);
  const steps = rows.map(({ detail }) => detail);
  const reads = steps.find((step) => LARGE_TABLES.some((table) => step.includes(` ${table} `)));
  const isOneLane = /events_(pending \(destination=\? AND lane=\?|held \(destination=\? AND anonymous_id=\?)\)$/.test(
    reads ?? '',
  );
  const asksForAliases = text.includes('"other_user" is not null');
  const bad = steps.filter((step) => {
    // A lane may hold a hundred thousand Identifies, and no Alias.
    if (asksForAliases && /events_(leading|pending) /.test(step)) return true;
    if (step.startsWith('SCAN')) return LARGE_TABLES.some((table) => step.split(' ')[1] === table);
    // What waits or is held of one user may be sorted: an index for it would have to be written with every event.
    return step.startsWith('USE TEMP B-TREE') && reads !== undefined && !isOneLane;
  });
  return bad.map((step) => `${step}: ${text}`);
}
