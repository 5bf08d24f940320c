import type Database from 'better-sqlite3';
import type { SqliteStatement } from 'kysely';

const MOST_STATEMENTS = 500;

type Statement = Database.Statement<unknown[], unknown>;
type Row = readonly unknown[];

/** Statements that are prepared once; Kysely alone does so at every use. */
export class KeptStatements {
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(private readonly database: Database.Database) {}

  prepare(text: string): SqliteStatement {
    const kept = this.#statements.get(text);
    if (kept) return kept;
    if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
    const statement = forRows(this.database.prepare(text));
    this.#statements.set(text, statement);
    return statement;
  }
}

/**
 * A statement that takes a list of rows in the place of its parameters, too, and is run for each of them
 * (schema/execute-for-rows.ts): a query of Kysely's for each row takes as long again as SQLite does.
 */
function forRows(statement: Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all(parameters) {
      const given: unknown[] = [];
      for (const row of rowsOf(parameters)) for (const one of statement.all(row)) given.push(one);
      return given;
    },
    run(parameters) {
      let result = { changes: 0, lastInsertRowid: 0 as number | bigint };
      for (const row of rowsOf(parameters)) {
        const { changes, lastInsertRowid } = statement.run(row);
        result = { changes: result.changes + changes, lastInsertRowid };
      }
      return result;
    },
    iterate: (parameters) => statement.iterate(parameters),
  };
}

function rowsOf(parameters: Row): readonly Row[] {
  const [first] = parameters;
  return Array.isArray(first) ? (first as Row[]) : [parameters];
}
