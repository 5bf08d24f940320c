import { ColumnMapping } from './column-mapping';
import { EventReader } from './read-event';

const FILE = { name: 'part.gz', path: 'history/part.gz', writtenAt: Date.UTC(2026, 0, 2) };

function read(value: unknown, place = 1) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return new EventReader(FILE, new ColumnMapping()).read({ kind: 'json', place, text });
}

function sent(value: unknown): unknown {
  const result = read(value);
  return result.kind === 'event' ? JSON.parse(result.text) : result;
}

const TRACK = { type: 'track', userId: 'u1', event: 'Signed Up', messageId: 'm1' };
const NO_TIME = 'timestamp: expected the time of the event, found none; it would count as of today';
const UNREADABLE = 'timestamp: expected a time from 1970 to 2100 in a form that is read';

describe(EventReader.name, () => {
  it('hands an event over as it stands there, with all digits of its ids', () => {
    const text =
      '{"type":"track", "userId":12345678901234567890, "messageId":"m1", "event":"E", "timestamp":"2026-01-01"}';
    expect(read(text)).toMatchObject({ kind: 'event', text, event: { userId: '12345678901234567890' } });
  });

  it('keeps all digits of an id where something is added to its event, wherever a setting says that ids are', () => {
    const text = '{"type":"identify","traits":{"accountId":12345678901234567890},"messageId":null }';
    const result = read(text);
    expect(result).toMatchObject({
      kind: 'event',
      text: expect.stringContaining('"accountId":12345678901234567890}') as string,
      event: { traits: { accountId: '12345678901234567890' } },
    });
    expect(sent(text)).toMatchObject({
      messageId: expect.stringMatching(/^backfill-/) as string,
      timestamp: '2026-01-02T00:00:00.000Z',
    });
  });

  it('keeps all digits in a row, whatever its column is called', () => {
    const row =
      '{"user_id":12345678901234567890,"traits.accountId":-98765432109876543210,"traits.at":1704067200000000}';
    expect(sent(row)).toMatchObject({
      userId: '12345678901234567890',
      traits: { accountId: '-98765432109876543210', at: 1704067200000000 },
    });
  });

  it('does not make an id of a number in a row that has lost digits already', () => {
    const result = read('{"user_id":1.2345678901234567e19,"traits.size":1e21}');
    expect(result).toMatchObject({
      text: expect.stringMatching(/"userId":1.2345678901234567e\+19\b.*"size":1e\+21\b/) as string,
    });
  });

  it('keeps the time that an event says, whatever else it says', () => {
    const event = {
      ...TRACK,
      originalTimestamp: '2024-05-01T10:00:00Z',
      sentAt: '2024-05-01T12:00:00Z',
      receivedAt: '2024-05-02',
    };
    expect(read(event)).toMatchObject({ at: Date.UTC(2024, 4, 1, 10), text: JSON.stringify(event) });
  });

  it('says the time of arrival again where there is no other, as the relay has its own', () => {
    expect(sent({ ...TRACK, receivedAt: '2024-05-02' })).toMatchObject({ timestamp: '2024-05-02' });
    expect(sent({ ...TRACK, timestamp: 'soon', receivedAt: '2024-05-02' })).toMatchObject({
      timestamp: 'soon',
      originalTimestamp: '2024-05-02',
    });
  });

  it('takes a table of users to be as old as its file', () => {
    expect(sent({ user_id: 'u1', email: 'a@b.de' })).toMatchObject({
      type: 'identify',
      timestamp: '2026-01-02T00:00:00.000Z',
    });
  });

  it.each([
    [TRACK, NO_TIME],
    [{ ...TRACK, timestamp: '' }, NO_TIME],
    [{ ...TRACK, timestamp: '01/02/2026' }, UNREADABLE],
    [{ type: 'identify', userId: 'u1', timestamp: 'soon' }, UNREADABLE],
    ['{"type":"track"', 'expected JSON'],
    ['[1]', 'expected an object, got an array'],
  ])('does not take %j for an event', (value, why) => {
    expect(read(value)).toEqual({ kind: 'broken', why });
  });

  it('leaves a Delete without a time as it is', () => {
    expect(read({ type: 'delete', userId: 'u1', messageId: 'm1' })).toMatchObject({ kind: 'event', at: undefined });
  });

  it('makes a message id of the file, the place and what stands there', () => {
    const event = { ...TRACK, messageId: undefined, timestamp: '2026-01-01' };
    const idOf = (result: ReturnType<typeof read>) => (result.kind === 'event' ? result.event.messageId : undefined);
    const id = idOf(read(event));
    expect(id).toMatch(/^backfill-[0-9a-f]{32}$/);
    expect(idOf(read(event))).toBe(id);
    expect(idOf(read(event, 2))).not.toBe(id);
    expect(idOf(read({ ...event, event: 'Other' }))).not.toBe(id);
    expect(idOf(read({ ...event, messageId: '' }))).toMatch(/^backfill-/);
    expect(idOf(read({ ...event, messageId: 7 }))).toBe(7);
  });
});
