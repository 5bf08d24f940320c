import { ADMIN_TOKEN, AdminApi } from '@segment-userleap/relay-driver';
import { Client } from 'pg';
import { startRelayAt, WITHOUT_DELIVERY } from '../processes/start-relay';
import { median } from '../report/percentile';
import { knowUsers, nameOf } from './know-users';
import { openStore } from './relay-store';
import type { RelayStore } from './relay-store';

const USERS_AT_ONCE = 1_000;
const CALLS = 30;
const MONTHS_KEPT = 13;
const NAMES_KEPT = 1_000;
/** Whose mark is to be found beside what is known of them. */
const KNOWN_BYTES = 200;

export interface MonthFigures {
  readonly rows: number;
  readonly bytesOfUser: number;
  readonly usersPerSecond: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/**
 * A month with so many users, all known before it: what their marks take on disk, how fast they are made, and how long
 * `GET /api/usage` takes.
 */
export async function measureMonth(env: Readonly<Record<string, string>>, users: number): Promise<MonthFigures> {
  const common = { ...env, ...WITHOUT_DELIVERY, RELAY_ADMIN_TOKEN: ADMIN_TOKEN };
  // It notes which environment it delivers to.
  await (await startRelayAt(common)).end('SIGTERM');
  const store = await openStore(env);
  const environment = await environmentOf(store);
  const ids = Array.from({ length: users }, (_, user) => nameOf(user));
  const [known] = await store.query('SELECT users_key FROM environments');
  const place = { environment: String(known?.users_key), isFile: isFileOf(env) };
  await knowUsers(store, { ...place, from: 0, to: users, told: KNOWN_BYTES });
  const before = await bytesOf(store, env);
  const usersPerSecond = await track(store, environment, ids);
  const bytesOfUser = ((await bytesOf(store, env)) - before) / users;
  const rows = await countRows(store);
  await fillMonths(store, environment);
  await store.outbox.close();
  const relay = await startRelayAt(common);
  try {
    const times = await timesOf(new AdminApi(() => relay.url));
    return { rows, bytesOfUser, usersPerSecond, medianMs: median(times), worstMs: Math.max(...times) };
  } finally {
    await relay.end('SIGTERM');
  }
}

async function environmentOf({ query }: RelayStore): Promise<string> {
  const [row] = await query('SELECT environment FROM destination_environments');
  return String(row?.environment);
}

async function track({ outbox }: RelayStore, environment: string, ids: readonly string[]): Promise<number> {
  const start = performance.now();
  const at = Date.now();
  for (let from = 0; from < ids.length; from += USERS_AT_ONCE) {
    const users = ids.slice(from, from + USERS_AT_ONCE);
    const { taken } = await outbox.trackUsers({ environment, users, at, limit: ids.length });
    if (taken.length !== users.length) throw new Error(`expected ${users.length} places, got ${taken.length}`);
  }
  return ids.length / ((performance.now() - start) / 1_000);
}

/** What is on disk, without what is free for what comes. */
export async function bytesOf({ query }: RelayStore, env: Readonly<Record<string, string>>): Promise<number> {
  if (!isFileOf(env)) {
    await vacuum(env);
    const [row] = await query(`SELECT SUM(pg_total_relation_size(oid)) AS bytes FROM pg_class
      WHERE relkind = 'r' AND relnamespace = '${env['RELAY_DATABASE_SCHEMA']}'::regnamespace`);
    return Number(row?.bytes);
  }
  await query('VACUUM');
  const [pages] = await query('PRAGMA page_count');
  const [size] = await query('PRAGMA page_size');
  return Number(pages?.page_count) * Number(size?.page_size);
}

/** On a connection of its own: the relay's statements are in transactions. */
async function vacuum({ DATABASE_URL, RELAY_DATABASE_SCHEMA }: Readonly<Record<string, string>>): Promise<void> {
  const client = new Client({ connectionString: DATABASE_URL, options: `-c search_path=${RELAY_DATABASE_SCHEMA}` });
  await client.connect();
  await client.query('VACUUM FULL').finally(() => client.end());
}

export function isFileOf({ DATABASE_URL }: Readonly<Record<string, string>>): boolean {
  return DATABASE_URL?.startsWith('sqlite:') ?? false;
}

/** As much as is kept of months at most: days, names of events and users. */
async function fillMonths({ query }: RelayStore, environment: string): Promise<void> {
  const months = [...Array(MONTHS_KEPT).keys()].map((before) => {
    const first = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - before, 1));
    return first.getUTCFullYear() * 100 + first.getUTCMonth() + 1;
  });
  for (const month of months) {
    const names = [...Array(NAMES_KEPT).keys()].flatMap((name) =>
      ['event', 'user'].map((kind) => `('${kind}', '${kind} ${name}', '${environment}', ${month}, ${name + 1})`),
    );
    await query(`INSERT INTO usage_most (kind, name, environment, month, events) VALUES ${names.join(', ')}`);
    if (month === months[0]) continue;
    const days = [...Array(28).keys()].map((day) => `('${environment}', ${month * 100 + day + 1}, 1000, 5000, 3000)`);
    await query(`INSERT INTO usage_days (environment, day, users, events, attributes) VALUES ${days.join(', ')}`);
  }
}

async function countRows({ query }: RelayStore): Promise<number> {
  let rows = 0;
  for (const table of ['usage_months', 'usage_days', 'usage_saved', 'usage_most']) {
    const [row] = await query(`SELECT COUNT(*) AS count FROM ${table}`);
    rows += Number(row?.count);
  }
  return rows;
}

async function timesOf(admin: AdminApi): Promise<readonly number[]> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now();
    await admin.usage();
    times.push(performance.now() - start);
  }
  // The first ones compile.
  return times.slice(3);
}
