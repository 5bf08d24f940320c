import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRelay } from '../processes/start-relay';
import { until, withTemporaryFolder } from '@segment-userleap/relay-driver';

export type Neighbour = 'healthy' | 'unauthorized';

const EVENTS = 150;
// Slow enough for any disk: what is asked is who waits for whom, not how much fits.
const EVERY_MS = 100;
const WARM_UP = 20;
const PATIENCE_SECONDS = 30;
const UNLIMITED = { requests: 1_000_000, windowMs: 300_000 };
const NAMES = ['measured', 'neighbour'] as const;

/** Milliseconds from the call to the arrival at UserLeap, of each event of a destination with such a neighbour. */
export function measureLatencies(neighbour: Neighbour): Promise<number[]> {
  return withTemporaryFolder(async (folder) => {
    const measured = await startPreciseSandbox();
    const other = await startPreciseSandbox();
    if (neighbour === 'unauthorized') other.addFault({ times: UNLIMITED.requests, status: 401 });
    const path = join(folder, 'destinations.json');
    writeFileSync(path, JSON.stringify([measured, other].map(({ url }, index) => destinationOf(NAMES[index], url))));
    const relay = await startRelay(folder, { RELAY_DESTINATIONS: path });
    try {
      const sentAt = await sendToBoth(relay.url);
      await until('every event to arrive', () => measured.requests().length >= EVENTS || undefined, PATIENCE_SECONDS);
      return latenciesOf(measured, sentAt).slice(WARM_UP);
    } finally {
      await relay.end('SIGTERM');
      await Promise.all([measured.close(), other.close()]);
    }
  });
}

/** Its records show microseconds where there should be milliseconds: arrivals are a few of these apart. */
function startPreciseSandbox(): Promise<Sandbox> {
  return startSandbox({ applyDelayMs: 0, rateLimit: UNLIMITED, now: () => Math.round(performance.now() * 1000) });
}

function destinationOf(name: string | undefined, endpoint: string): object {
  const settings = { apiKey: 'benchmarks', endpoint };
  return { name, writeKeys: [`write-key-of-${name}`], rateLimit: '1000000/300s', settings };
}

/** At a steady pace, whatever the answers take. Every event makes a user of its own. Returns when each call was made. */
async function sendToBoth(url: string): Promise<ReadonlyMap<string, number>> {
  const sentAt = new Map<string, number>();
  const calls: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < EVENTS; index++) {
    await new Promise((resolve) => setTimeout(resolve, start + index * EVERY_MS - performance.now()));
    sentAt.set(`u${index}`, performance.now());
    for (const name of NAMES) calls.push(identify(url, `write-key-of-${name}`, `u${index}`));
  }
  await Promise.all(calls);
  return sentAt;
}

async function identify(url: string, writeKey: string, userId: string): Promise<void> {
  const body = JSON.stringify({ userId, messageId: userId, writeKey, traits: { plan: 'business' } });
  const response = await fetch(`${url}/v1/identify`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the relay answered ${response.status}`);
  await response.arrayBuffer();
}

function latenciesOf(sandbox: Sandbox, sentAt: ReadonlyMap<string, number>): number[] {
  return sandbox.requests().map(({ receivedAt, body }) => {
    const { userId } = body as { userId: string };
    return Date.parse(receivedAt) / 1000 - (sentAt.get(userId) ?? NaN);
  });
}
