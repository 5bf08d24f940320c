import { REASONS } from '@segment-userleap/mapping';
import { onSandbox } from '../src/limits/function-on-sandbox';
import { SECRET } from '../src/limits/segment-settings';

const LONG = SECRET.repeat(50);
const WRONG = [5, true, [SECRET], { [SECRET]: SECRET }, SECRET];
const ONE_SENTENCE = /^[a-zA-Z][^\n.]*(\.[a-zA-Z][^\n.]*)*$/;

/** Events that are wrong wherever an event can be wrong, with the same secret in each. */
const EVENTS: readonly object[] = [
  ...[
    'userId',
    'anonymousId',
    'context',
    'integrations',
    'traits',
    'event',
    'properties',
    'name',
    'category',
    'groupId',
    'previousId',
  ].flatMap((field) =>
    WRONG.flatMap((value) =>
      ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete'].map((type) => ({
        type,
        userId: 'ann',
        event: 'Signed Up',
        [field]: value,
      })),
    ),
  ),
  { type: 'track', userId: LONG, event: 'Signed Up' },
  { type: 'alias', userId: 'ann', previousId: LONG },
  { type: 'track', userId: 'ann', event: LONG },
  { type: 'track', userId: `${SECRET}\ud800`, event: 'Signed Up' },
  { type: 'track', anonymousId: SECRET, event: 'Signed Up' },
  { type: 'track', event: SECRET },
  { type: 'track', userId: SECRET, event: SECRET, receivedAt: '2020-01-01T00:00:00.000Z' },
];

describe('an error text of the Function', () => {
  it.each(Object.entries(REASONS))('%s is one sentence of sane length', (_, sentence) => {
    expect(sentence).toMatch(ONE_SENTENCE);
    expect(sentence.length).toBeGreaterThan(15);
    expect(sentence.length).toBeLessThanOrEqual(120);
  });

  it('names places and kinds, and no value, whatever is wrong with an event', async () => {
    const messages = await messagesOf(EVENTS);
    expect(messages.length).toBeGreaterThan(100);
    for (const message of messages) {
      expect(message).toMatch(/^[a-zA-Z.]+: [^\n]{10,250} \([a-z_]+\)$/);
      expect(message).not.toContain(SECRET);
    }
  });

  it('is bounded where everything is wrong at once', async () => {
    const fields = ['userId', 'anonymousId', 'context', 'integrations', 'traits', 'properties', 'event', 'name'];
    const event = Object.fromEntries(fields.map((field) => [field, true]));
    const messages = await messagesOf(
      ['identify', 'track', 'page', 'screen', 'delete'].map((type) => ({ ...event, type })),
    );
    expect(messages).toHaveLength(5);
    for (const message of messages) expect(message.length).toBeLessThan(500);
  });

  it.each([
    [401, 'apiKey: UserLeap refused the key; enter a valid one (unauthorized)'],
    [
      302,
      'endpoint: UserLeap answered with a redirect, which is never followed; enter the final address (unexpected_redirect)',
    ],
    [404, 'endpoint: there is no UserLeap API at this address; correct it (wrong_endpoint)'],
    [429, 'UserLeap takes no more requests for now (rate limit); Segment sends it again (rate_limited)'],
    [503, 'UserLeap could not take the request for now (server error); Segment sends it again (server_error)'],
    [400, '[key] of [email] (refused)'],
  ])('says what to do after an answer %d', async (status, text) => {
    await onSandbox(async ({ host, sandbox, settings }) => {
      const body = { error: `${String(settings['apiKey'])} of ann@example.com` };
      sandbox.addFault({ status, body, headers: { location: 'https://sesame.example/' }, times: 2 });
      const event = { type: 'identify', userId: SECRET };
      expect(await host.deliver(event, settings)).toMatchObject({ message: text });
      expect(await host.deliverBatch([event], settings)).toEqual([expect.objectContaining({ message: text })]);
    });
  });
});

async function messagesOf(events: readonly object[]): Promise<readonly string[]> {
  return onSandbox(async ({ host, settings }) => {
    const verdicts = await host.deliverBatch(events, settings);
    return verdicts.flatMap((verdict) => ('message' in verdict ? [verdict.message ?? ''] : []));
  });
}
