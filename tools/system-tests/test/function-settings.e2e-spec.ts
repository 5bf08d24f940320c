import { createBuiltFunction, onSandbox } from '../src/limits/function-on-sandbox';
import { rightValues, SECRET, SEGMENT_SETTINGS, wrongValues } from '../src/limits/segment-settings';

// `one` is where the list ["one"] finds the user id.
const EVENTS = [
  { type: 'identify', userId: 'ann', one: 'ann', traits: { plan: 'pro' } },
  { type: 'page', userId: 'ann', one: 'ann', properties: { url: 'https://shop.example/pricing' } },
];
const RIGHT = { apiKey: 'a-key', endpoint: 'http://127.0.0.1:1' };
const OPTIONAL = SEGMENT_SETTINGS.filter(({ name }) => name !== 'apiKey');
const EMPTY_FORMS = { STRING: '', BOOLEAN: false, ARRAY: [], TEXT_MAP: {} };

describe('settings as Segment delivers them', () => {
  const forms = OPTIONAL.flatMap((setting) =>
    (setting.name === 'endpoint' ? [] : rightValues(setting)).map((value) => [setting.name, value] as const),
  );

  it.each(forms)('%s may be %j', async (name, value) => {
    await onSandbox(async ({ host, sandbox, settings }) => {
      const verdicts = await host.deliverBatch(EVENTS, { ...settings, [name]: value });
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['delivered', 'delivered']);
      expect(sandbox.requests()).toHaveLength(1);
    });
  });

  it.each([
    ['missing', {}],
    ['empty strings', Object.fromEntries(OPTIONAL.map(({ name }) => [name, '']))],
    ['empty', Object.fromEntries(OPTIONAL.map(({ name, type }) => [name, EMPTY_FORMS[type]]))],
    ['null', Object.fromEntries(OPTIONAL.map(({ name }) => [name, null]))],
  ])('have their defaults where all but the key and the endpoint are %s', async (_, optional) => {
    await onSandbox(async ({ host, sandbox, settings }) => {
      const timed = EVENTS.map((event) => ({ ...event, timestamp: '2026-01-15T10:00:00.000Z' }));
      await host.deliverBatch(timed, { ...optional, ...settings });
      expect(sandbox.requests().map(({ bodyText }) => bodyText)).toEqual([
        '{"userId":"ann","attributes":{"plan":"pro"},"events":[{"event":"pageview","timestamp":1768471200000}]}',
      ]);
    });
  });

  it.each([undefined, null, '', ' '])('need a key: %j is none', async (apiKey) => {
    const messages = await refusalsOf({ ...RIGHT, apiKey });
    expect(messages).toEqual(['Settings: apiKey: expected a UserLeap API key without spaces, got nothing']);
  });

  it.each([undefined, null, 'text', [], 5].map((settings) => [settings]))('are no object: %j', async (settings) => {
    expect(await refusalsOf(settings)).toEqual([
      expect.stringMatching(/^Settings: expected an object of settings, got \w+( \w+)?$/),
    ]);
  });
});

describe('a wrong setting is one ValidationError that names it, what was expected and what kind came', () => {
  const cases = SEGMENT_SETTINGS.flatMap((setting) =>
    wrongValues(setting).map((wrong) => [setting.name, ...wrong] as const),
  );

  it.each(cases)('%s: %j', async (name, value, kind) => {
    const messages = await refusalsOf({ ...RIGHT, [name]: value });
    const got = kind === undefined ? '' : `, got ${kind}`;
    expect(messages).toEqual([expect.stringMatching(new RegExp(`^Settings: ${name}: expected [^;]{5,100}${got}$`))]);
    expect(messages.join()).not.toContain(SECRET);
    expect(messages.join()).not.toContain(RIGHT.apiKey);
  });

  it.each([
    [`(${SECRET}`, 'expected a regular expression'],
    [SECRET.repeat(50), 'expected a pattern of at most 250 characters'],
    [`(?<=${SECRET})`, 'expected a regular expression that can be matched in bounded time; it uses (?<='],
    [`startswith:${SECRET}`, 'expected startsWith: in this spelling'],
  ])('pageUrlEvents.Pricing: %j', async (pattern, expected) => {
    const messages = await refusalsOf({ ...RIGHT, pageUrlEvents: { Home: '/home', Pricing: pattern } });
    expect(messages).toEqual([`Settings: pageUrlEvents.Pricing: ${expected}`]);
  });

  it('and so are several, of which no more are named than can be read', async () => {
    expect(await refusalsOf({ ...RIGHT, apiKey: '', trackScreens: SECRET })).toEqual([
      'Settings: apiKey: expected a UserLeap API key without spaces, got nothing; trackScreens: expected true or false, got a string',
    ]);
    const pageUrlEvents = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`Page ${at}`, '(']));
    const [message = ''] = await refusalsOf({ ...RIGHT, pageUrlEvents });
    expect(message.split('; ')).toHaveLength(5);
  });
});

/** The messages of single calls and of a batch, each once: all are `ValidationError`s. */
async function refusalsOf(settings: unknown): Promise<readonly string[]> {
  const host = createBuiltFunction();
  const singles = await Promise.all(EVENTS.map((event) => host.deliver(event, settings)));
  const verdicts = [...singles, ...(await host.deliverBatch(EVENTS, settings))];
  for (const verdict of verdicts) {
    expect(verdict).toMatchObject({ verdict: 'discarded', as: 'rejected', errorName: 'ValidationError' });
  }
  return [...new Set(verdicts.map((verdict) => ('message' in verdict ? (verdict.message ?? '') : '')))];
}
