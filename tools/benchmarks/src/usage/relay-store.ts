import { isRecord } from '@segment-userleap/validation';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpuTimeMs as ownCpuTimeMs } from '../function/cpu-time';

const COMPILED = join(__dirname, '../../../../apps/relay/out-tsc/app');
const LIMITS = { backlogLimit: 10_000_000, parkedLimit: 10_000_000 };

export interface Turn {
  readonly id: number;
  readonly lanes: readonly { readonly lane: string; readonly isKnown: boolean; readonly tracked: number | null }[];
  readonly events: readonly { readonly id: number; readonly lane: string }[];
}

/** What of the relay's store is measured here. */
export interface Outbox {
  accept(events: readonly object[]): Promise<void>;
  lease(call: object): Promise<{ readonly kind: string; readonly turns?: readonly Turn[] }>;
  settle(settlements: readonly object[]): Promise<unknown>;
  trackUsers(call: object): Promise<{ readonly taken: readonly string[] }>;
  close(): Promise<void>;
}

/** A store through the relay's own code, in this process. */
export interface RelayStore {
  readonly outbox: Outbox;
  /** The rows that a statement gives. */
  query(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Processor time so far, of this process and of those in which PostgreSQL works for it. Linux only. */
  cpuTimeMs(): Promise<number>;
}

interface Db {
  executeQuery(query: object): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
}

interface OutboxClass {
  create(db: Db, options: object): Promise<Outbox>;
}

/** Opens the store that `env` gives a relay. A tool may not import an app: what is compiled is loaded by its path. */
export async function openStore(env: Readonly<Record<string, string | undefined>>): Promise<RelayStore> {
  const { DATABASE_URL: url = '', RELAY_DATABASE_SCHEMA: schema = '' } = env;
  const isFile = url.startsWith('sqlite:');
  const db = isFile
    ? await run<Db>('sqlite/open-sqlite', 'openSqlite', [url.slice('sqlite:'.length)])
    : await run<Db>('postgres/open-postgres', 'openPostgres', [
        { url, schema, connections: 4, statementTimeoutMs: 600_000, leaseMs: 600_000 },
      ]);
  const Class = isFile
    ? load<OutboxClass>('sqlite/sqlite-outbox', 'SqliteOutbox')
    : load<OutboxClass>('postgres/postgres-outbox', 'PostgresOutbox');
  const outbox = await Class.create(db, { ...LIMITS, leaseMs: 600_000, circle: { schema, sender: 'benchmark' } });
  const { CompiledQuery } = createRequire(__filename)('kysely') as { CompiledQuery: { raw(text: string): object } };
  const query: RelayStore['query'] = async (text) => (await db.executeQuery(CompiledQuery.raw(text))).rows;
  const cpuTimeMs = async (): Promise<number> => {
    const backends = isFile
      ? []
      : await query(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'`);
    return backends.reduce((sum, { pid }) => sum + timeOnProcessorMs(Number(pid)), ownCpuTimeMs());
  };
  return { outbox, query, cpuTimeMs };
}

/** To the nanosecond, of a process that waits; what `cpuSecondsOf` reads comes in steps of ten milliseconds. */
function timeOnProcessorMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
}

function load<T>(file: string, name: string): T {
  const found: unknown = createRequire(__filename)(join(COMPILED, 'outbox', `${file}.js`));
  if (!isRecord(found) || found[name] === undefined) throw new Error(`the compiled relay has no ${name}`);
  return found[name] as T;
}

function run<T>(file: string, name: string, args: readonly unknown[]): Promise<T> {
  return load<(...given: readonly unknown[]) => Promise<T>>(file, name)(...args);
}
