import type { AdminApi, EventQuery } from '@segment-userleap/relay-driver';
import { median } from '../report/percentile';
import { DAYS, RARE } from './fill-lists';

const ROUNDS = 20;
const DAY_MS = 86_400_000;

export interface CallFigures {
  readonly call: string;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** How long each list, search and the overview take, asked for one after the other, several times. */
export async function measureCalls(admin: AdminApi, now: number): Promise<readonly CallFigures[]> {
  const times = new Map<string, number[]>();
  const paths = await findPaths(admin, now);
  for (let round = 0; round < ROUNDS; round++) {
    for (const path of paths) {
      const start = performance.now();
      const response = await admin.call(path);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      await response.json();
      times.set(path, [...(times.get(path) ?? []), performance.now() - start]);
    }
  }
  return [...times].map(([path, took]) => ({
    call: decodeURIComponent(path),
    medianMs: median(took),
    worstMs: Math.max(...took),
  }));
}

async function findPaths(admin: AdminApi, now: number): Promise<readonly string[]> {
  const at = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString();
  const user = { userId: 'user-4242' };
  const queries: readonly EventQuery[] = [
    {},
    { destination: 'default' },
    { destination: RARE.destination },
    { state: 'pending' },
    { state: 'delivered' },
    { state: 'filtered' },
    { state: 'unsupported' },
    { state: 'rejected' },
    { type: 'track' },
    { type: RARE.type },
    { reason: 'event_denied' },
    { reason: RARE.reason },
    user,
    { userId: RARE.userId },
    { messageId: 'message-424242' },
    { id: 424_242 },
    { from: at(4), to: at(3) },
    { to: at(DAYS - 1) },
    { destination: 'second', state: 'rejected' },
    { state: 'delivered', type: 'identify' },
    { state: 'rejected', reason: 'refused', type: 'page' },
    { state: 'rejected', from: at(4), to: at(3) },
    { ...user, state: 'delivered', destination: 'default' },
  ];
  const paths: string[] = [];
  for (const query of queries) {
    paths.push(pathOf('/api/events', query));
    // Far down, or on the second page of what a time has narrowed down already.
    const { next } = await admin.eventPage({ to: at(DAYS / 2), ...query, limit: 5 });
    if (next !== null) paths.push(pathOf('/api/events', { ...query, before: next }));
  }
  const { next } = await admin.lanePage({ limit: 1_000 });
  paths.push('/api/events?limit=1000', '/api/events/424242', '/api/lanes', '/api/lanes?destination=second');
  paths.push(
    pathOf('/api/lanes', { before: next ?? '' }),
    '/api/lanes?userId=user-95',
    '/api/destinations',
    '/api/dead-letters',
    '/api/overview',
  );
  return paths;
}

function pathOf(path: string, query: Readonly<Record<string, string | number>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
