import { until } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';

const ALWAYS = 1_000_000;
const ANN = { userId: 'ann' };

// Each test goes on from where the one before it ended.
describe('names of events', () => {
  let group: RelayOnSandboxes;

  const list = (destination = 'web') => group.admin.eventNames(destination);
  const mark = (names: readonly string[], setUp: boolean) =>
    group.admin.markEventNames({ destination: 'web', names: [...names], setUp });

  beforeAll(async () => {
    const settings = {
      eventNames: { opened: 'Opened' },
      denyEvents: ['Scrolled'],
      pageUrlEvents: { Pricing: 'contains:/pricing' },
      trackScreens: true,
    };
    // So short that house is kept every second.
    const env = { RELAY_RETRY_HORIZON: '10s' };
    group = await RelayOnSandboxes.start([{ name: 'web', settings }, { name: 'shop' }], env);
    group.of('web').sandbox.addFault({ match: { event: 'Bad' }, status: 400, times: ALWAYS });
  });

  afterAll(async () => {
    await group.stop();
  });

  it('are listed as UserLeap is sent them, with what it said; beside them is what a setting leaves out', async () => {
    const events = [
      { type: 'identify', ...ANN, traits: { plan: 'pro' } },
      { type: 'track', ...ANN, event: 'opened' },
      { type: 'track', ...ANN, event: 'Opened' },
      { type: 'track', ...ANN, event: 'Bad' },
      { type: 'page', ...ANN, properties: { url: 'https://example.com/pricing' } },
      { type: 'screen', ...ANN, name: 'Cart' },
      { type: 'track', ...ANN, event: ' Scrolled ' },
      { type: 'track', event: 'Scrolled', anonymousId: 'nobody' },
    ];
    await group.of('web').accept(events);
    await group.of('web').settled(events.length);
    const { names, heldBack, ...rest } = await list();
    expect(
      names.map(({ name, taken, refused, isRefused }) => ({ name, taken, refused, isRefused })).sort(byName),
    ).toEqual([
      { name: 'Bad', taken: 0, refused: 1, isRefused: true },
      { name: 'Cart', taken: 1, refused: 0, isRefused: false },
      { name: 'Opened', taken: 2, refused: 0, isRefused: false },
      { name: 'Pricing', taken: 1, refused: 0, isRefused: false },
      { name: 'pageview', taken: 1, refused: 0, isRefused: false },
    ]);
    expect(heldBack).toMatchObject([{ name: 'Scrolled', reason: 'event_denied', events: 2 }]);
    expect(rest).toEqual({
      destination: 'web',
      settings: {
        allowEvents: [],
        denyEvents: ['Scrolled'],
        eventNames: [{ sent: 'opened', becomes: 'Opened' }],
        pageEvents: ['pageview', 'Pricing'],
      },
      total: 5,
      new: 5,
      setUp: 0,
      refused: 1,
      heldBackTotal: 1,
      others: { taken: 0, refused: 0, heldBack: 0 },
    });
    expect(await list('shop')).toMatchObject({ names: [], heldBack: [], total: 0 });
  });

  it('are told of in the log when they are new, and in the metrics until they are marked', async () => {
    await until('the log to name them', () => (group.output().includes('5 new event names') ? true : undefined));
    const metric = async (destination: string) => {
      const text = await (await fetch(`${group.relay.url}/metrics`)).text();
      return new RegExp(`^relay_new_event_names\\{destination="${destination}"\\} (\\d+)$`, 'm').exec(text)?.[1];
    };
    expect([await metric('web'), await metric('shop')]).toEqual(['5', '0']);
    expect(await mark(['Opened', 'Cart', 'Never sent'], true)).toBe(2);
    expect(await metric('web')).toBe('3');
    const { names } = await list();
    expect(names.filter(({ setUpAt }) => setUpAt !== null).map(({ name }) => name)).toEqual(['Cart', 'Opened']);
    expect(await mark(['Opened'], false)).toBe(1);
    expect(await list()).toMatchObject({ setUp: 1, new: 4 });
  });

  it.each([
    [{ names: [], setUp: true, destination: 'web' }, /^names: expected a list of 1 to 10000 names/],
    [{ names: ['a', 5], setUp: true, destination: 'web' }, /^names: expected/],
    [{ names: ['a'], setUp: 'yes', destination: 'web' }, /^setUp: expected true or false, got a string/],
    [{ names: ['a'], setUp: true }, /^destination: expected one of web, shop/],
    [{ names: ['a'], setUp: true, destination: 'web', all: true }, /^all: expected one of/],
  ])('are not marked by %j', async (body, message) => {
    const answer = await group.admin.post('/api/event-names/mark', body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toMatch(message);
  });

  it.each(['?destination=web&limit=0', '?destination=web&limit=10001', '?destination=else', '?name=a'])(
    'are not listed by %s',
    async (query) => {
      expect((await group.admin.call(`/api/event-names${query}`)).status).toBe(400);
    },
  );
});

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}
