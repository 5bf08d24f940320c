import { median } from '../report/percentile';
import { DAYS, RARE } from './fill-lists';

const ROUNDS = 20;
const DAY_MS = 86_400_000;
export const ADMIN_TOKEN = 'benchmarks-admin-token';

export interface CallFigures {
  readonly call: string;
  readonly medianMs: number;
  readonly worstMs: number;
}

type Get = (path: string) => Promise<{ readonly next?: string | null }>;

/** How long each list, search and the overview take, asked for one after the other, several times. */
export async function measureCalls(url: string, now: number): Promise<readonly CallFigures[]> {
  const get: Get = async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { next?: string | null };
  };
  const times = new Map<string, number[]>();
  const paths = await findPaths(get, now);
  for (let round = 0; round < ROUNDS; round++) {
    for (const path of paths) {
      const start = performance.now();
      await get(path);
      times.set(path, [...(times.get(path) ?? []), performance.now() - start]);
    }
  }
  return [...times].map(([path, took]) => ({
    call: decodeURIComponent(path),
    medianMs: median(took),
    worstMs: Math.max(...took),
  }));
}

async function findPaths(get: Get, now: number): Promise<readonly string[]> {
  const at = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString();
  const event = 'userId=user-4242';
  const filters = [
    '',
    'destination=default',
    `destination=${RARE.destination}`,
    ...['pending', 'delivered', 'filtered', 'unsupported', 'rejected'].map((state) => `state=${state}`),
    'type=track',
    `type=${RARE.type}`,
    'reason=event_denied',
    `reason=${RARE.reason}`,
    event,
    `userId=${RARE.userId}`,
    'messageId=message-424242',
    'id=424242',
    `from=${at(4)}&to=${at(3)}`,
    `to=${at(DAYS - 1)}`,
    'destination=second&state=rejected',
    'state=delivered&type=identify',
    'state=rejected&reason=refused&type=page',
    `state=rejected&from=${at(4)}&to=${at(3)}`,
    `${event}&state=delivered&destination=default`,
  ];
  const paths: string[] = [];
  for (const filter of filters) {
    paths.push(`/api/events?${filter}`);
    // Far down, or on the second page of what a time has narrowed down already.
    const half = filter.includes('to=') ? '' : `&to=${at(DAYS / 2)}`;
    const { next } = await get(`/api/events?${filter}${half}&limit=5`);
    if (next) paths.push(`/api/events?${filter}&before=${next}`);
  }
  const { next } = await get('/api/lanes?limit=1000');
  paths.push('/api/events?limit=1000', '/api/events/424242', '/api/lanes', '/api/lanes?destination=second');
  paths.push(
    `/api/lanes?before=${next}`,
    '/api/lanes?userId=user-95',
    '/api/destinations',
    '/api/dead-letters',
    '/api/overview',
  );
  return paths;
}
