import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import type { TestPostgres } from '@segment-userleap/test-postgres';
import { setTimeout as pause } from 'node:timers/promises';
import type { Arrival } from '../crash/crash-arrivals';
import type { Load } from '../crash/crash-load';
import { until } from '@segment-userleap/relay-driver';
import { untilShared } from './in-flight';
import type { Replicas } from './replicas';
import { spanOf } from './span-of';

/** What a replica, or the database, went through. Epoch milliseconds. */
export interface Incident {
  /** A turn that it broke off began before `to` and had no outcome yet at `from`. */
  readonly from: number;
  readonly to: number;
}

// From the answer until its outcome is kept, on a busy machine.
const KEEPING_MS = 1_000;

/** Whether a request, or its outcome, may have been in flight then. */
export function wasInFlight({ request }: Arrival, { from, to }: Incident): boolean {
  const span = spanOf(request);
  return span.from <= to && span.to + KEEPING_MS >= from;
}

/** Kills a replica while it has something in flight; another is there in its place when this resolves. */
export async function killOne(replicas: Replicas, at: number, sandbox: Sandbox, aloneMs: number): Promise<Incident> {
  await untilShared(sandbox);
  const now = Date.now();
  await replicas.at(at).end('SIGKILL');
  await pause(aloneMs);
  await replicas.startAgain(at);
  return { from: now, to: now };
}

/** Freezes a replica for so long while it has something in flight. */
export async function freezeOne(replicas: Replicas, at: number, sandbox: Sandbox, forMs: number): Promise<Incident> {
  await untilShared(sandbox);
  const now = Date.now();
  replicas.freeze(at);
  await pause(forMs).finally(() => replicas.letGoOn(at));
  return { from: now, to: now };
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
  return { from, to };
}
