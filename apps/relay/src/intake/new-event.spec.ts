import { parseSettings } from '@segment-userleap/mapping';
import { budgetOf } from '../config/budget-of';
import type { Destination } from '../config/relay-config';
import { Completed, receiveEvent, TooLong } from './new-event';

function destination(settings: object = {}): Destination {
  const parsed = parseSettings({ apiKey: 'k', ...settings }, { unknownUserGraceSeconds: 60 });
  if (!parsed.ok) throw new Error('the settings of this test are wrong');
  const budget = budgetOf(parsed.value, { requests: 1, windowMs: 1 });
  return {
    name: 'd',
    writeKeys: [],
    sharedSecrets: [],
    settings: parsed.value,
    budget,
    monthlyUsers: undefined,
    notes: [],
    bulkUpserts: false,
  };
}

describe(receiveEvent.name, () => {
  const receive = (event: unknown, maxBytes?: number) => receiveEvent(event, destination(), { now: 5, maxBytes });
  const idOf = (messageId: unknown): string =>
    receive({ type: 'track', userId: 'u', event: 'e', messageId }).newEvent.messageId;

  it('keeps the message id as it is', () => {
    expect(idOf('ajs-1')).toBe('ajs-1');
  });

  it.each(['x'.repeat(101), '\ud800', 'a\0b'])(
    'keeps a message id that a store cannot hold by its digest (%#)',
    (id) => {
      expect(idOf(id)).toMatch(/^[0-9a-f]{64}$/);
      expect(idOf(id)).toBe(idOf(id));
      expect(idOf(id)).not.toBe(idOf(`${id}!`));
    },
  );

  it.each([
    [9002, '9002'],
    [0, '0'],
    [1.5, '1.5'],
  ])('takes the digits of a number for its id (%d)', (id, text) => {
    expect(idOf(id)).toBe(text);
  });

  it.each([undefined, null, '', true, {}, 1e21])('makes an id where there is none (%j)', (id) => {
    expect(idOf(id)).not.toBe(idOf(id));
  });

  it('does not ask which page rules a Page meets: that is for delivery', () => {
    const shop = destination({ pageUrlEvents: { Seen: '/shop' } });
    const eventsOf = jest.spyOn(shop.settings.pageUrlEvents, 'eventsOf');
    const event = { type: 'page', userId: 'u', properties: { url: 'https://shop.example/' } };
    const { newEvent } = receiveEvent(event, shop, { now: 5 });
    expect(newEvent.fate).toMatchObject({ lane: 'u' });
    expect(eventsOf).not.toHaveBeenCalled();
  });

  it('holds what a visitor does, and claims it for a user, where that is set', () => {
    const seen = { type: 'track', anonymousId: 'a1', event: 'Seen' };
    const { newEvent, outcome } = receiveEvent(seen, destination(), { now: 5, holds: true });
    expect([newEvent.fate, outcome]).toEqual([{ anonymousId: 'a1' }, undefined]);
    expect(receive(seen)).toMatchObject({
      newEvent: { fate: { userId: null } },
      outcome: { reason: 'anonymous_user' },
    });
    const identify = { type: 'identify', userId: 'u1', anonymousId: 'a1' };
    const claiming = receiveEvent(identify, destination(), { now: 5, holds: true }).newEvent;
    expect(claiming).toMatchObject({ fate: { lane: 'u1' }, claim: { anonymousId: 'a1', userId: 'u1' } });
    expect(receive(identify).newEvent).not.toHaveProperty('claim');
  });

  it('holds nothing that is over a limit', () => {
    const long = { type: 'track', anonymousId: 'a1', event: 'e', properties: { text: 'x'.repeat(2048) } };
    const { outcome } = receiveEvent(long, destination(), { now: 5, holds: true, maxBytes: 1024 });
    expect(outcome).toMatchObject({ outcome: 'rejected' });
  });

  it('keeps a type that there is not as unknown', () => {
    expect(receive({ type: 'x'.repeat(1000) }).newEvent.type).toBe('unknown');
    expect(receive(null).newEvent).toMatchObject({ type: 'unknown', body: 'null' });
  });

  it('rejects an event that is too long, and keeps it as text', () => {
    const event = { type: 'track', userId: 'u', event: 'e', properties: { text: 'é'.repeat(512) } };
    const { outcome, newEvent } = receive(event, 1024);
    expect(outcome).toMatchObject({
      outcome: 'rejected',
      reason: 'invalid_event',
      message: 'event: expected at most 1 KB',
    });
    expect(JSON.parse(newEvent.body)).toBe(JSON.stringify(event));
    expect(receive(event).outcome).toBeUndefined();
  });

  it.each([
    ['in letters of one byte', 'x', 1],
    ['in letters of several', '😀', 4],
  ])('keeps the first 4 KB of a long one, %s', (_, letter, bytes) => {
    const event = { type: 'track', userId: 'u', messageId: 'm', properties: { text: letter.repeat(40_000 / bytes) } };
    for (const given of [event, new TooLong(event)]) {
      const { outcome, newEvent } = receive(given, 32 * 1024);
      expect(outcome).toMatchObject({ reason: 'invalid_event', message: 'event: expected at most 32 KB' });
      expect(newEvent).toMatchObject({ messageId: 'm', type: 'track', fate: { userId: 'u' } });
      const kept: unknown = JSON.parse(newEvent.body);
      expect(JSON.stringify(event).startsWith(String(kept))).toBe(true);
      expect(Buffer.byteLength(String(kept))).toBeGreaterThan(4 * 1024 - bytes);
      expect(Buffer.byteLength(String(kept))).toBeLessThanOrEqual(4 * 1024);
    }
  });

  it('asks how long an event is as it came, without what was added', () => {
    const came = { type: 'track', userId: 'u', event: 'e', text: 'é'.repeat(450) };
    const event = { ...came, context: { text: 'x'.repeat(2_000) } };
    const { outcome, newEvent } = receive(new Completed(event, came), 1024);
    expect([outcome, newEvent.body]).toEqual([undefined, JSON.stringify(event)]);
    const long = { ...came, text: 'é'.repeat(512) };
    expect(receive(new Completed({ ...long, ...event }, long), 1024).outcome).toMatchObject({
      message: 'event: expected at most 1 KB',
    });
  });

  it('rejects one that is known to be too long, though it is short by itself', () => {
    const { outcome, newEvent } = receive(new TooLong({ type: 'track', userId: 'u' }), 1024);
    expect(outcome).toMatchObject({ outcome: 'rejected', message: 'event: expected at most 1 KB' });
    expect(JSON.parse(newEvent.body)).toBe('{"type":"track","userId":"u"}');
  });

  it('rejects an event that is nested too deep, and keeps it down to there', () => {
    const nest = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const eventOf = (levels: number) => ({
      type: 'track',
      userId: 'u',
      event: 'e',
      properties: { nest: nest(levels - 2) },
    });
    expect(receive(eventOf(100)).outcome).toBeUndefined();
    const { outcome, newEvent } = receive(eventOf(101));
    expect(outcome).toMatchObject({
      reason: 'invalid_event',
      message: 'event: expected at most 100 levels of nesting',
    });
    const kept = String(JSON.parse(newEvent.body));
    expect(kept).toContain('"userId":"u"');
    expect(kept).toContain('[[null]]');
  });
});
