import { parseSettings } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { deliverEvents } from './deliver-events';
import type { UsersPort } from './delivery-ports';
import { Doubts } from './doubts';
import { APPLIED_AFTER_MS } from './until-applied';

const NOW = Date.UTC(2026, 0, 1, 12);
const LONG_AGO = NOW - APPLIED_AFTER_MS;
const IDENTIFY = { type: 'identify', userId: 'ann', traits: { plan: 'pro' } };
const PAID = track('Paid', NOW - 2);
const LEFT = track('Left', NOW - 1);

const EVERYBODY: UsersPort = {
  isKnown: async () => true,
  remember: async () => undefined,
  erased: async () => undefined,
  lastTold: async () => undefined,
  hasAnswered: async () => true,
  answered: async () => undefined,
  loadMemory: async () => undefined,
  keepMemory: async () => undefined,
  secret: [0, 0],
};

function track(event: string, time: number) {
  return { type: 'track', userId: 'ann', event, timestamp: new Date(time).toISOString() };
}

function settingsOf(): Settings {
  const parsed = parseSettings(
    { apiKey: 'key', emailFields: ['traits.email', 'properties.email'] },
    { unknownUserGraceSeconds: 300 },
  );
  if (!parsed.ok) throw new Error('wrong settings');
  return parsed.value;
}

/** An answer to a look-up with these events, by name and last time. */
function profile(events: Readonly<Record<string, number>>): UserLeapReply {
  const list = Object.entries(events).map(([event, time]) => ({ event, count: 3, createdAt: 1, updatedAt: time }));
  return answer(200, JSON.stringify({ id: 'x', externalUserId: 'ann', attributes: {}, events: list }));
}

function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}): UserLeapReply {
  return { status, headers, body };
}

/** Delivers events of which the first `inDoubt` are in doubt; `toLookup` is UserLeap's answer to a look-up of Ann, or of all. */
async function deliver(
  events: readonly object[],
  {
    toLookup = answer(500),
    ofOthers = toLookup,
    inDoubt = events.length,
    since = LONG_AGO,
  }: { toLookup?: UserLeapReply; ofOthers?: UserLeapReply; inDoubt?: number; since?: number },
) {
  const requests: string[] = [];
  const outcomes = await deliverEvents(events, settingsOf(), {
    send: async (request) => {
      requests.push(describeRequest(request));
      if (request.kind !== 'lookup') return answer(202);
      return request.url.endsWith('/ann') ? toLookup : ofOthers;
    },
    users: EVERYBODY,
    doubts: new Doubts((index) => (index < inDoubt ? since : undefined)),
    now: () => NOW,
    unchangedMs: 0,
  });
  const ends = outcomes.map((outcome) =>
    'reason' in outcome ? `${outcome.outcome} ${outcome.reason}` : outcome.outcome,
  );
  return { requests, ends, outcomes };
}

/** `lookup`, or of an upsert `plan Paid Left`: what it carries. */
function describeRequest({ kind, body = '{}' }: UserLeapRequest): string {
  const {
    emailAddress,
    attributes = {},
    events = [],
  } = JSON.parse(body) as {
    emailAddress?: string;
    attributes?: object;
    events?: readonly { event: string }[];
  };
  if (kind !== 'upsert') return kind;
  const names = events.map(({ event }) => event);
  return [...(emailAddress === undefined ? [] : [emailAddress]), ...Object.keys(attributes), ...names].join(' ');
}

describe(Doubts.name, () => {
  it('settles events that UserLeap shows as delivered, and sends nothing of them', async () => {
    const { requests, ends } = await deliver([PAID, LEFT], { toLookup: profile({ Paid: NOW - 2, Left: NOW - 1 }) });
    expect(requests).toEqual(['lookup']);
    expect(ends).toEqual(['delivered', 'delivered']);
  });

  it('sends attributes again, without the events that are there: a refused request had been sent in parts', async () => {
    const toLookup = profile({ Paid: NOW - 2, Left: NOW - 1 });
    const { requests, ends } = await deliver([IDENTIFY, PAID, LEFT], { toLookup });
    expect(requests).toEqual(['lookup', 'plan']);
    expect(ends).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('sends what UserLeap does not show, with what is new, after one look-up', async () => {
    const { requests, ends } = await deliver([IDENTIFY, PAID, LEFT], { toLookup: profile({}), inDoubt: 2 });
    expect(requests).toEqual(['lookup', 'plan Paid Left']);
    expect(ends).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('sends only what is new where all that is in doubt is there', async () => {
    const { requests } = await deliver([IDENTIFY, PAID, LEFT], { toLookup: profile({ Paid: NOW - 2 }), inDoubt: 2 });
    expect(requests).toEqual(['lookup', 'plan Left']);
  });

  it('sends all of a user whom UserLeap does not know', async () => {
    const { requests } = await deliver([IDENTIFY, PAID], { toLookup: answer(404) });
    expect(requests).toEqual(['lookup', 'plan Paid']);
  });

  it('looks nobody up for attributes, nor where nothing is in doubt', async () => {
    expect((await deliver([IDENTIFY], {})).requests).toEqual(['plan']);
    expect((await deliver([IDENTIFY, PAID], { inDoubt: 1 })).requests).toEqual(['plan Paid']);
    expect((await deliver([PAID], { inDoubt: 0 })).requests).toEqual(['Paid']);
  });

  it('waits until UserLeap shows what it may have been told, and keeps the order meanwhile', async () => {
    const { requests, ends, outcomes } = await deliver([PAID, LEFT], { inDoubt: 1, since: NOW - 1_000 });
    expect(requests).toEqual([]);
    expect(ends).toEqual(['retry just_updated', 'retry waiting_for_earlier']);
    expect(outcomes[0]).toMatchObject({ delayMs: APPLIED_AFTER_MS - 1_000 });
  });

  it('has an Alias wait, too: it takes along what its users lack, as they are shown', async () => {
    const alias = { type: 'alias', previousId: 'anna', userId: 'ann' };
    expect((await deliver([alias], { since: NOW - 1_000 })).ends).toEqual(['retry just_updated']);
    const shown = await deliver([alias], { toLookup: profile({ Paid: NOW - 2 }) });
    expect([shown.requests, shown.ends]).toEqual([['lookup', 'lookup'], ['delivered']]);
  });

  it('sends what follows an Alias that makes the user anew, though no look-up shows the user yet', async () => {
    const alias = { type: 'alias', previousId: 'anna', userId: 'ann' };
    const { requests, ends } = await deliver([alias, PAID], { toLookup: answer(404), ofOthers: profile({ Left: 1 }) });
    expect(requests).toEqual(['lookup', 'lookup', 'Left', 'lookup', 'Paid']);
    expect(ends).toEqual(['delivered', 'delivered']);
  });

  it('sends what follows a Delete again: the Delete is sent again, too, and what is shown may be from before it', async () => {
    const { requests, ends } = await deliver([{ type: 'delete', userId: 'ann' }, IDENTIFY, PAID], {
      toLookup: profile({ Paid: NOW - 2 }),
    });
    expect(requests).toEqual(['purge', 'plan Paid']);
    expect(ends).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it.each([
    ['a server error', answer(503), 'retry server_error'],
    ['a rate limit', answer(429, '', { 'retry-after': '3' }), 'retry rate_limited'],
    ['no answer', { failure: 'timeout' } as const, 'retry timeout'],
  ])('tries later where the look-up has %s', async (_, toLookup, end) => {
    const { requests, ends } = await deliver([PAID, LEFT], { toLookup });
    expect(requests).toEqual(['lookup']);
    expect(ends).toEqual([end, end]);
  });

  it.each([
    ['garbage', answer(200, '<html>')],
    ['a refusal', answer(400)],
    ['no right to read', answer(403)],
    ['a wrong method', answer(405)],
  ])('sends again where a look-up is answered with %s: it cannot be told', async (_, toLookup) => {
    const { requests, ends } = await deliver([PAID], { toLookup });
    expect(requests).toEqual(['lookup', 'Paid']);
    expect(ends).toEqual(['delivered']);
  });

  it('does not bring back an older attribute beside what is there', async () => {
    const identify = { ...IDENTIFY, traits: { email: 'old@example.com' }, timestamp: new Date(NOW - 9).toISOString() };
    const bad = track('Bad', NOW - 3);
    const paid = { ...PAID, properties: { email: 'new@example.com' } };
    const events = [identify, bad, paid];
    const { requests, ends } = await deliver(events, { toLookup: profile({ Paid: NOW - 2 }) });
    expect(requests).toEqual(['lookup', 'new@example.com Bad']);
    expect(ends).toEqual(['delivered', 'delivered', 'delivered']);
  });
});
