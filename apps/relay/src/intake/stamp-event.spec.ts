import { stampEvent } from './stamp-event';

const NOW = Date.parse('2026-01-15T10:00:00.000Z');
const AT = '2026-01-15T09:00:00.000Z';

describe(stampEvent.name, () => {
  it('notes the arrival in place of what a client claims, and leaves out its key', () => {
    const event = { userId: 'u', writeKey: 'secret', receivedAt: '1999-01-01T00:00:00Z' };
    expect(stampEvent(event, NOW)).toEqual({ userId: 'u', receivedAt: '2026-01-15T10:00:00.000Z' });
  });

  it('leaves a time as it is where nobody says when it was sent', () => {
    expect(stampEvent({ timestamp: AT }, NOW)).toMatchObject({ timestamp: AT });
  });

  it('frees the time from what the clock of the sender is wrong by', () => {
    const corrected = { timestamp: '2026-01-15T09:59:00.000Z', originalTimestamp: AT };
    expect(stampEvent({ timestamp: AT, sentAt: '2026-01-15T09:01:00Z' }, NOW)).toMatchObject(corrected);
    expect(stampEvent({ originalTimestamp: AT, sentAt: '2026-01-15T09:01:00Z' }, NOW)).toMatchObject(corrected);
  });

  it('reads when it was sent off the batch, unless it says so itself', () => {
    const batchSentAt = '2026-01-15T09:01:00.000Z';
    expect(stampEvent({ timestamp: AT }, NOW, batchSentAt)).toMatchObject({ timestamp: '2026-01-15T09:59:00.000Z' });
    expect(stampEvent({ timestamp: AT, sentAt: AT }, NOW, batchSentAt)).toMatchObject({
      timestamp: '2026-01-15T10:00:00.000Z',
    });
  });

  it.each([
    [{ timestamp: 'yesterday', sentAt: AT }],
    [{ timestamp: AT, sentAt: 'yesterday' }],
    [{ timestamp: AT, sentAt: null }],
    [{ timestamp: 8.64e15, sentAt: -8.64e15 }],
  ])('leaves alone what cannot be corrected: %j', (event) => {
    expect(stampEvent(event, NOW)).toEqual({ ...event, receivedAt: '2026-01-15T10:00:00.000Z' });
  });

  it('leaves what is no event to the mapping', () => {
    expect(stampEvent(null, NOW)).toBeNull();
    expect(stampEvent(['x'], NOW)).toEqual(['x']);
  });
});
