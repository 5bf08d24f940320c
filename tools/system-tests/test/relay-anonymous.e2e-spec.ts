import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';
import type { EventRecord } from '@segment-userleap/relay-driver';
import { scrape } from '../src/metrics/scrape';

const VISITORS = 60;
const EVENTS_OF_A_VISITOR = 5;
// Of these, every third by an Alias.
const SIGNING_IN = 12;
// What ends by its age or number is looked for each second then.
const OFTEN = { RELAY_RETRY_HORIZON: '10s', USERLEAP_RATE_LIMIT: '100000/10s' };

const nameOf = (visitor: number, at: number): string => `Step ${at} of ${visitor}`;
const visit = (visitor: number): readonly object[] => [
  { type: 'identify', anonymousId: `a${visitor}`, traits: { source: `ad ${visitor}` } },
  ...Array.from({ length: EVENTS_OF_A_VISITOR - 1 }, (_, at) => {
    const timestamp = `2026-01-15T10:00:0${at}.000Z`;
    return { type: 'track', anonymousId: `a${visitor}`, event: nameOf(visitor, at), timestamp };
  }),
];

interface Body {
  readonly userId: string;
  readonly attributes?: object;
  readonly events?: readonly { readonly event: string }[];
}

describe('what visitors do before they sign in', () => {
  let pair: RelayOnSandbox;
  const start = async (env: Readonly<Record<string, string>>) => {
    pair = await RelayOnSandbox.start({}, { RELAY_ANONYMOUS_HOLD: '1h', ...OFTEN, ...env });
  };
  afterEach(async () => {
    await pair.stop();
  });

  const accept = async (events: readonly object[]): Promise<void> => {
    expect((await pair.post('/v1/batch', { batch: events })).status).toBe(200);
  };
  const upserts = (): readonly Body[] =>
    pair.sandbox.requests().flatMap(({ path, body }) => (path === '/v2/users' ? [body as Body] : []));
  const stateOf = async (state: EventRecord['state']): Promise<number> => (await pair.admin.events({ state })).length;

  it('arrives in the one request that creates the user, over a kill in between, and of nobody else', async () => {
    await start({});
    const visitors = Array.from({ length: VISITORS }, (_, visitor) => visitor);
    for (const visitor of visitors) await accept(visit(visitor));
    expect(await pair.relay.end('SIGKILL')).toBeNull();
    await pair.startRelay();
    expect((await pair.admin.overview()).held).toBe(VISITORS * EVENTS_OF_A_VISITOR);
    const signedIn = visitors.slice(0, SIGNING_IN);
    for (const visitor of signedIn) {
      const both = { userId: `u${visitor}`, anonymousId: `a${visitor}` };
      const identify = { type: 'identify', ...both, traits: { plan: 'pro' } };
      const alias = { type: 'alias', ...both, previousId: `a${visitor}` };
      // Their events wait for the Identify, which has no anonymous id.
      await accept(visitor % 3 === 0 ? [alias, { ...identify, anonymousId: undefined }] : [identify]);
    }
    const aliases = signedIn.filter((visitor) => visitor % 3 === 0).length;
    await pair.settled(VISITORS * EVENTS_OF_A_VISITOR + SIGNING_IN + aliases);
    expect(new Map(upserts().map((body) => [body.userId, body]))).toEqual(
      new Map(
        signedIn.map((visitor) => [
          `u${visitor}`,
          expect.objectContaining({
            attributes: { plan: 'pro', source: `ad ${visitor}` },
            events: [0, 1, 2, 3].map((at) => expect.objectContaining({ event: nameOf(visitor, at) })),
          }),
        ]),
      ),
    );
    expect(upserts()).toHaveLength(SIGNING_IN);
    expect(await stateOf('held')).toBe((VISITORS - SIGNING_IN) * EVENTS_OF_A_VISITOR);
    const metrics = await scrape(pair.relay);
    expect(metrics.value('relay_held_events')).toBe((VISITORS - SIGNING_IN) * EVENTS_OF_A_VISITOR);
    expect(metrics.value('relay_backlog_events')).toBe(0);
  });

  it('goes to one of two users who sign in at once', async () => {
    await start({});
    await accept(visit(1));
    const users = ['u1', 'u2'];
    await Promise.all(users.map((userId) => accept([{ type: 'identify', userId, anonymousId: 'a1' }])));
    await pair.settled(EVENTS_OF_A_VISITOR + users.length);
    const counts = upserts().map(({ events = [] }) => events.length);
    expect([...counts].sort()).toEqual([0, EVENTS_OF_A_VISITOR - 1]);
  });

  it('ends when it was held for long enough, without a request or a dead letter', async () => {
    await start({ RELAY_ANONYMOUS_HOLD: '1s' });
    await accept(visit(1));
    await until('the hold to end', async () => ((await pair.admin.overview()).held === 0 ? true : undefined));
    const events = await pair.events();
    expect(new Set(events.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
      new Set(['unsupported anonymous_user']),
    );
    await accept([{ type: 'identify', userId: 'u1', anonymousId: 'a1' }]);
    await pair.settled(EVENTS_OF_A_VISITOR + 1);
    expect(upserts()).toEqual([{ userId: 'u1' }]);
    expect(await pair.admin.deadLetters()).toEqual([]);
  });

  it('ends where it is too much, the oldest first, and is counted', async () => {
    await start({ RELAY_ANONYMOUS_LIMIT: '7' });
    await accept([...visit(1), ...visit(2)]);
    await until('what is too much to end', async () => ((await pair.admin.overview()).held === 7 ? true : undefined));
    await accept([{ type: 'identify', userId: 'u1', anonymousId: 'a1' }]);
    await pair.settled(2 * EVENTS_OF_A_VISITOR + 1);
    expect(upserts()[0]?.events?.map(({ event }) => event)).toEqual([2, 3].map((at) => nameOf(1, at)));
    expect((await scrape(pair.relay)).value('relay_held_events_too_many_total')).toBe(3);
  });

  it('is erased with its anonymous id, and with the user that it went to', async () => {
    await start({});
    await accept([...visit(41), ...visit(42)]);
    expect(await pair.store.holds('ad 42')).toBe(true);
    expect(await pair.admin.erase({ anonymousId: 'a42' })).toBe(EVENTS_OF_A_VISITOR);
    expect(await pair.store.holds('ad 42')).toBe(false);
    await accept([{ type: 'identify', userId: 'u41', anonymousId: 'a41' }]);
    await pair.settled(2 * EVENTS_OF_A_VISITOR + 1);
    expect(await pair.store.holds('ad 41')).toBe(true);
    expect((await pair.post('/webhooks/segment', [{ type: 'delete', userId: 'u41' }])).status).toBe(200);
    await until('the user to be erased', async () => ((await pair.store.holds('ad 41')) ? undefined : true));
    expect(await pair.admin.events({ state: 'held' })).toEqual([]);
  });

  it('is as it always was where nothing is held', async () => {
    await start({ RELAY_ANONYMOUS_HOLD: '0' });
    await accept(visit(1));
    await accept([{ type: 'identify', userId: 'u1', anonymousId: 'a1' }]);
    const events = await pair.settled(EVENTS_OF_A_VISITOR + 1);
    expect(events.filter(({ reason }) => reason === 'anonymous_user')).toHaveLength(EVENTS_OF_A_VISITOR);
    expect(upserts()).toEqual([{ userId: 'u1' }]);
  });
});
