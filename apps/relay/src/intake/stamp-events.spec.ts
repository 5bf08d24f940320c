import { stampFor } from './stamp-events';

const NOW = Date.parse('2026-01-15T10:00:00.000Z');
const AT = '2026-01-15T09:00:00.000Z';
const RECEIVED = { receivedAt: '2026-01-15T10:00:00.000Z' };

/** The time of the relay's clock, so many seconds ago. */
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

/** All events of one call. */
const stampEvents = (events: readonly unknown[], batchSentAt?: unknown): readonly unknown[] =>
  events.map(stampFor(events, NOW, batchSentAt));

describe(stampFor.name, () => {
  const stamp = (event: unknown, batchSentAt?: unknown) => stampEvents([event], batchSentAt)[0];

  it('notes the arrival in place of what a client claims, and leaves out its key', () => {
    const event = { userId: 'u', writeKey: 'secret', receivedAt: '1999-01-01T00:00:00Z' };
    expect(stamp(event)).toEqual({ userId: 'u', ...RECEIVED });
  });

  it('leaves a time as it is where nobody says when it was sent', () => {
    expect(stamp({ timestamp: AT })).toEqual({ timestamp: AT, ...RECEIVED });
  });

  it('frees the time from what the clock of the sender is wrong by', () => {
    const corrected = { timestamp: '2026-01-15T09:59:00.000Z', originalTimestamp: AT };
    expect(stamp({ timestamp: AT, sentAt: '2026-01-15T09:01:00Z' })).toMatchObject(corrected);
    expect(stamp({ originalTimestamp: AT, sentAt: '2026-01-15T09:01:00Z' })).toMatchObject(corrected);
    expect(stamp({ originalTimestamp: AT, timestamp: '', sentAt: '2026-01-15T09:01:00Z' })).toMatchObject(corrected);
  });

  it('keeps a timestamp that cannot be read, for the mapping to name it', () => {
    const event = { timestamp: 'yesterday', originalTimestamp: AT, sentAt: '2026-01-15T09:01:00Z' };
    expect(stamp(event)).toEqual({ ...event, originalTimestamp: '2026-01-15T09:59:00.000Z', ...RECEIVED });
  });

  it('takes when the batch was sent, whatever its events say', () => {
    const events = [
      { timestamp: AT },
      { timestamp: AT, sentAt: '2026-01-15T08:00:00.000Z' },
      { timestamp: AT, sentAt: null },
    ];
    const stamped = stampEvents(events, '2026-01-15T09:01:00.000Z');
    expect(stamped).toEqual(events.map(() => expect.objectContaining({ timestamp: '2026-01-15T09:59:00.000Z' })));
  });

  it.each([undefined, null, 'yesterday', ''])('takes the last event that says it where the batch says %j', (sentAt) => {
    const events = [
      { timestamp: AT, sentAt: '2026-01-15T08:00:00.000Z' },
      { timestamp: AT, sentAt: '2026-01-15T09:01:00.000Z' },
      { timestamp: AT, sentAt: 'never' },
    ];
    const stamped = stampEvents(events, sentAt);
    expect(stamped).toEqual(events.map(() => expect.objectContaining({ timestamp: '2026-01-15T09:59:00.000Z' })));
  });

  it.each([
    ['60 s ahead', ago(-60), ago(70)],
    ['60 s behind', ago(60), ago(-50)],
    ['24 h ahead', ago(-86_400), ago(86_410)],
    ['24 h behind', ago(86_400), ago(-86_390)],
  ])('corrects a clock that is %s', (_, sentAt, corrected) => {
    expect(stamp({ timestamp: ago(10), sentAt })).toMatchObject({ timestamp: corrected, originalTimestamp: ago(10) });
  });

  it.each([
    ['59.999 s ahead: the network and NTP', ago(-59.999)],
    ['59.999 s behind', ago(59.999)],
    ['24 h and a moment ahead: dead', ago(-86_400.001)],
    ['24 h and a moment behind: an offline phone', ago(86_400.001)],
    ['of 1970', '1970-01-01T00:00:10.000Z'],
  ])('leaves alone a clock that is %s', (_, sentAt) => {
    expect(stamp({ timestamp: AT, sentAt })).toEqual({ timestamp: AT, sentAt, ...RECEIVED });
  });

  it.each([
    [{ timestamp: 'yesterday', sentAt: AT }],
    [{ timestamp: AT, sentAt: 'yesterday' }],
    [{ timestamp: AT, sentAt: null }],
    [{ timestamp: '2100-12-31T23:59:59Z', sentAt: AT }],
    [{ timestamp: '1970-01-01T00:00:00Z', sentAt: '2026-01-15T11:00:00.000Z' }],
  ])('leaves alone what cannot be corrected: %j', (event) => {
    expect(stamp(event)).toEqual({ ...event, ...RECEIVED });
  });

  it('never changes the order of a call', () => {
    // A busy machine: each event is sent by itself, and all of them come late.
    const events = Array.from({ length: 50 }, (_, at) => ({ timestamp: ago(200 - at), sentAt: ago(200 - 3 * at) }));
    const times = stampEvents(events).map((event) => (event as { timestamp: string }).timestamp);
    expect(times).toEqual([...times].sort());
  });

  it('leaves what is no event to the mapping', () => {
    expect(stampEvents([null, ['x']])).toEqual([null, ['x']]);
  });
});
