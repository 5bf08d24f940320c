import { estimateHistory } from './estimate-history';
import { makeHistory } from './made-history';
import type { HistoryEvent } from './made-history';
import { playHistory } from './play-history';

const LIMIT = { requests: 1_000, windowMs: 300_000 };
const EVENTS_PER_SECOND = 8_000;

function identify(number: number, userId: string): HistoryEvent {
  const timestamp = new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString();
  return { type: 'identify', messageId: `m${number}`, userId, timestamp, traits: { plan: 'pro' } };
}

const HISTORIES: readonly (readonly [name: string, history: readonly HistoryEvent[]])[] = [
  ['few users with very much each', [...makeHistory({ events: 6_000, users: 4, strangers: 0 })]],
  ['many users with little each', Array.from({ length: 100 }, (_, number) => identify(number, `user-${number}`))],
  ['users, some of whom nobody identifies', [...makeHistory({ events: 300, users: 80, strangers: 0.2 })]],
  [
    'users who are renamed, known and unknown',
    Array.from({ length: 30 }, (_, number) => [
      number % 3 === 0 ? identify(number, `other-${number}`) : identify(number, `old-${number}`),
      { ...identify(1_000 + number, `new-${number}`), type: 'alias', previousId: `old-${number}` },
    ]).flat(),
  ],
];

describe('the dry run, beside what the relay then does in virtual time', () => {
  it.each(HISTORIES)('says how many requests it makes, within 5 %: %s', async (_, history) => {
    const said = estimateHistory(history, LIMIT, EVENTS_PER_SECOND);
    const delivered = said.fates.reduce((sum, { outcome, events }) => sum + (outcome === 'delivered' ? events : 0), 0);
    const played = await playHistory(history, { limit: LIMIT, eventsPerSecond: EVENTS_PER_SECOND, delivered });
    const requests = said.requests + said.lookUps;
    expect(Math.abs(requests / played.requests - 1)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(said.ms / played.ms - 1)).toBeLessThanOrEqual(0.05);
  });
});
