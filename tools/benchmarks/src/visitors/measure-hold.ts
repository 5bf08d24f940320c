import { residentMemory, until, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGE_ID_SLOT, sampleEvent, USER_ID_SLOT } from '../load/sample-event';
import type { SampleType } from '../load/sample-event';
import { startRelay } from '../processes/start-relay';

const EVENTS_A_VISITOR = 10;
const BATCH = 100;
const PATIENCE_SECONDS = 600;
const NO_LIMIT = { requests: 1_000_000, windowMs: 300_000 };

export interface HoldFigures {
  readonly heldEvents: number;
  /** Of the JSON of one event, as it is sent. */
  readonly sentBytes: number;
  readonly diskBytesAnEvent: number;
  /** Resident, that the relay has more than before it took in anything. */
  readonly megabytesMore: number;
  readonly heldPerSecond: number;
  readonly secondsToDeliver: number;
  readonly signedIn: number;
  readonly requests: number;
  /** Of those who signed in, and of all others. */
  readonly events: number;
  readonly strangers: number;
}

/** So many visitors with ten events each, of whom every twentieth signs in. Reads `/proc`. */
export function measureHold(visitors: number): Promise<HoldFigures> {
  return withTemporaryFolder(async (folder) => {
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: NO_LIMIT });
    const relay = await startRelay(folder, {
      USERLEAP_ENDPOINT: sandbox.url,
      USERLEAP_RATE_LIMIT: '1000000/300s',
      RELAY_ANONYMOUS_HOLD: '7d',
      RELAY_ANONYMOUS_LIMIT: String(visitors * EVENTS_A_VISITOR),
    });
    try {
      const before = { bytes: storeBytes(folder), memory: memoryOf(relay) };
      const heldEvents = visitors * EVENTS_A_VISITOR;
      const startedAt = performance.now();
      await sendAll(relay, 'visit', heldEvents, (at) => Math.floor(at / EVENTS_A_VISITOR));
      const seconds = (performance.now() - startedAt) / 1_000;
      const diskBytesAnEvent = (storeBytes(folder) - before.bytes) / heldEvents;
      const megabytesMore = memoryOf(relay) - before.memory;
      const signedIn = Math.ceil(visitors / 20);
      const signInAt = performance.now();
      await sendAll(relay, 'identify', signedIn, (at) => at * 20);
      await until('all who signed in', async () => (await isIdle(relay)) || undefined, PATIENCE_SECONDS);
      const upserts = sandbox.requests().filter(({ path }) => path === '/v2/users');
      return {
        heldEvents,
        sentBytes: bodyOf('visit', 0).length,
        diskBytesAnEvent,
        megabytesMore,
        heldPerSecond: heldEvents / seconds,
        secondsToDeliver: (performance.now() - signInAt) / 1_000,
        signedIn,
        requests: upserts.length,
        events: upserts.reduce((sum, upsert) => sum + eventsOf(upsert), 0),
        strangers: sandbox.users().length - signedIn,
      };
    } finally {
      await relay.end('SIGTERM');
      await sandbox.close();
    }
  });
}

async function sendAll(
  { url }: RelayProcess,
  type: SampleType,
  count: number,
  visitorOf: (at: number) => number,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const events = Array.from({ length: size }, (_, at) => bodyOf(type, visitorOf(from + at)));
    const response = await fetch(`${url}/v1/batch`, { method: 'POST', body: `{"batch":[${events.join(',')}]}` });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`the relay answered ${response.status}`);
  }
}

function bodyOf(type: SampleType, visitor: number): string {
  const anonymousId = `visitor-${String(visitor).padStart(28, '0')}`;
  const event = { ...sampleEvent(type), anonymousId };
  return JSON.stringify(event).replace(MESSAGE_ID_SLOT, randomUUID()).replace(USER_ID_SLOT, `user-${visitor}`);
}

function storeBytes(folder: string): number {
  const sizeOf = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return sizeOf('relay.db') + sizeOf('relay.db-wal');
}

function memoryOf({ pid }: RelayProcess): number {
  return residentMemory(pid)?.now ?? NaN;
}

async function isIdle({ url }: RelayProcess): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return /^relay_backlog_events 0$/m.test(text);
}

function eventsOf({ body }: RecordedRequest): number {
  return (body as { readonly events?: readonly unknown[] } | null)?.events?.length ?? 0;
}
