import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

const AT = Date.parse('2026-01-15T10:00:00.000Z');
const OTHERS = 5;

/** Events of six users, one of which goes on below. */
export const FIRST = [
  identify('ann', 0, { step: 1 }),
  track('ann', 1, 'First'),
  ...Array.from({ length: OTHERS }, (_, at) => identify(`user-${at}`, 0, { step: 1 })),
];

/** What comes later of the same user. */
export const LATER = [track('ann', 2, 'Second'), identify('ann', 3, { step: 2 }), track('ann', 4, 'Third')];

/** What `orderOf` finds when of both nothing was lost, overtaken or sent twice. */
export const ORDER = { events: ['First', 'Second', 'Third'], lastStep: 2, users: 1 + OTHERS };

interface Upsert {
  readonly userId: string;
  readonly attributes?: { readonly step?: number };
  readonly events?: readonly { readonly event: string }[];
}

/** What UserLeap took over, in the order in which it got it. */
export function orderOf(requests: readonly RecordedRequest[]): typeof ORDER {
  const taken = requests.filter(({ path, status }) => path === '/v2/users' && status >= 200 && status < 300);
  const upserts = taken.map(({ body }) => body as Upsert);
  const own = upserts.filter(({ userId }) => userId === 'ann');
  return {
    events: own.flatMap(({ events = [] }) => events.map(({ event }) => event)),
    lastStep: own.flatMap(({ attributes }) => attributes?.step ?? []).at(-1) ?? 0,
    users: new Set(upserts.map(({ userId }) => userId)).size,
  };
}

function identify(userId: string, second: number, traits: object): object {
  return { type: 'identify', userId, traits, timestamp: timeOf(second) };
}

function track(userId: string, second: number, event: string): object {
  return { type: 'track', userId, event, timestamp: timeOf(second) };
}

function timeOf(second: number): string {
  return new Date(AT + second * 1_000).toISOString();
}
