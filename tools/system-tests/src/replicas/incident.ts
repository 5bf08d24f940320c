import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import type { TestPostgres } from '@segment-userleap/test-postgres';
import { setTimeout as pause } from 'node:timers/promises';
import type { Load } from '../crash/crash-load';
import { until } from '@segment-userleap/relay-driver';
import { untilAllBusy } from './in-flight';
import { REPLICAS } from './replicas';
import type { Replicas } from './replicas';

/** What a replica, or the database, went through. Epoch milliseconds. */
export interface Incident {
  readonly what: string;
  /** A turn that it broke off began before `to` and had no outcome yet at `from`. */
  readonly from: number;
  readonly to: number;
  /** How many replicas it befell. */
  readonly replicas: number;
}

/** Kills a replica while it has something in flight; another is there in its place when this resolves. */
export async function killOne(replicas: Replicas, at: number, sandbox: Sandbox, aloneMs: number): Promise<Incident> {
  await untilAllBusy(sandbox);
  const now = Date.now();
  await replicas.at(at).end('SIGKILL');
  await pause(aloneMs);
  await replicas.startAgain(at);
  return { what: 'a replica was killed', from: now, to: now, replicas: 1 };
}

/** Freezes a replica for so long while it has something in flight. */
export async function freezeOne(replicas: Replicas, at: number, sandbox: Sandbox, forMs: number): Promise<Incident> {
  await untilAllBusy(sandbox);
  const now = Date.now();
  replicas.freeze(at);
  await pause(forMs).finally(() => replicas.letGoOn(at));
  return { what: 'a replica was frozen', from: now, to: now, replicas: 1 };
}

/** Restarts the database; resolves when events are accepted and sent again. */
export async function restartDatabase(postgres: TestPostgres, sandbox: Sandbox, load: Load): Promise<Incident> {
  const from = Date.now();
  await postgres.restart();
  const to = Date.now();
  await load.nextAnswer();
  await until('requests after the restart', () =>
    sandbox.requests().some(({ receivedAt }) => Date.parse(receivedAt) > to) ? true : undefined,
  );
  return { what: 'the database was restarted', from, to, replicas: REPLICAS };
}
