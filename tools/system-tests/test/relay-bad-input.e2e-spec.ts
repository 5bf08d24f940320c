import { refusal } from '../src/doors/refusal';
import { RelayOnSandbox } from '@segment-userleap/relay-driver';

const SECRET = 'laura.secret@example.com';

// What is sent; status; the code; the sentence.
const CASES: readonly (readonly [string, string, unknown, number, string, string])[] = [
  ['nothing', '/v1/track', '', 400, 'invalid_request', 'body: expected JSON, got nothing'],
  ['broken JSON', '/v1/track', `{"userId": "${SECRET}`, 400, 'invalid_request', 'body: expected JSON'],
  ['a list for an event', '/v1/track', [SECRET], 400, 'invalid_request', 'body: expected an event object, got an array'],
  ['a batch without list', '/v1/batch', { batch: SECRET }, 400, 'invalid_request', 'batch: expected a list of events, got a string'],
  ['an event name of the wrong kind', '/v1/track', { userId: SECRET, event: 5 }, 400, 'invalid_event', 'event: expected a string, got a number'],
  ['a blank event name', '/v1/track', { userId: SECRET, event: ' ' }, 400, 'blank_event_name', 'event: expected an event name that is not blank'],
  ['traits of the wrong kind', '/v1/identify', { userId: 'u', traits: SECRET }, 400, 'invalid_event', 'traits: expected an object, got a string'],
  ['no user', '/v1/identify', { traits: { email: SECRET } }, 400, 'missing_user_id', 'userId: expected an id, found none'],
  ['an alias without old id', '/v1/alias', { userId: SECRET }, 400, 'missing_previous_id', 'previousId: expected an id, found none'],
  ['an unknown type', '/webhooks/segment', { type: SECRET }, 400, 'invalid_event', 'type: expected one of identify, track, page, screen, group, alias, delete'],
  ['an unsupported type', '/webhooks/segment', { type: 'group', groupId: 'g', userId: SECRET }, 501, 'unsupported_type', 'type: UserLeap has no place for group calls'],
]; // oxfmt-ignore

describe('bad input to the relay', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each(CASES)('%s is answered with a code and a sentence', async (_, path, body, status, code, message) => {
    const response = await pair.post(path, body);
    expect([response.status, await response.json()]).toEqual([status, refusal(message, code)]);
  });

  it('at an address that there is not is answered with those that there are', async () => {
    const response = await pair.post('/v1/frobnicate', { userId: SECRET });
    const message = expect.stringMatching(/^there is nothing at this address; expected one of .*POST \/v1\/track/);
    expect([response.status, await response.json()]).toEqual([404, refusal(message, 'not_found')]);
  });

  it('without the right write key is refused before it is read', async () => {
    const body = JSON.stringify({ userId: SECRET, event: 'Clicked' });
    for (const authorization of [`Basic ${btoa('wrong:')}`, 'Basic !!!', `Bearer ${SECRET}`, '']) {
      const call = { method: 'POST', headers: { authorization }, body };
      expect((await fetch(`${pair.relay.url}/v1/track`, call)).status).toBe(401);
      expect((await fetch(`${pair.relay.url}/webhooks/segment`, call)).status).toBe(401);
      expect((await fetch(`${pair.relay.url}/webhooks/segment/default`, call)).status).toBe(401);
    }
  });

  it('in a batch becomes a dead letter, and the rest goes on', async () => {
    const batch = [
      { type: 'identify', userId: 'u1', messageId: 'good' },
      { type: 'track', userId: 'u1', event: 5, messageId: 'bad' },
      null,
      { type: 'group', userId: 'u1', groupId: 'g', messageId: 'unsupported' },
    ];
    expect((await pair.post('/v1/batch', { batch })).status).toBe(200);
    const before = 1; // the unsupported call above
    const states = (await pair.settled(batch.length + before)).map(({ state, reason }) => [state, reason]);
    expect(states.slice(0, batch.length).reverse()).toEqual([
      ['delivered', null],
      ['rejected', 'invalid_event'],
      ['rejected', 'invalid_event'],
      ['unsupported', 'unsupported_type'],
    ]);
  });

  it('leaves nothing of itself in the log', () => {
    expect(pair.relay.output()).toContain('listening');
    expect(pair.relay.output()).toContain('400');
    for (const text of [SECRET, 'laura', 'wrong', 'frobnicate', '"event"'])
      expect(pair.relay.output()).not.toContain(text);
  });
});
