import { RelayOnSandbox } from '@segment-userleap/relay-driver';

const identify = (userId: string) => ({ type: 'identify', userId, traits: { plan: 'pro', seats: 3 } });
const track = (userId: string, event: string) => ({ type: 'track', userId, event });

describe('GET /api/usage', () => {
  let pair: RelayOnSandbox;
  const month = new Date().toISOString().slice(0, 7);

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { USERLEAP_MONTHLY_USERS: '2', USERLEAP_DENY_EVENTS: '["Moved"]' });
    await pair.post('/v1/batch', {
      batch: [identify('u1'), track('u1', 'Bought'), track('u1', 'Bought'), identify('u2')],
    });
    await pair.settled(4);
    await pair.post('/v1/batch', { batch: [identify('u3'), track('u2', 'Moved'), identify('u2')] });
    await pair.settled(7);
  });

  afterAll(async () => {
    await pair.stop();
  });

  it('tells what was sent in the month, by day, and what the limit kept back', async () => {
    const sent = { trackedUsers: 2, events: 2, attributes: 4 };
    const usage = await pair.admin.usage();
    expect(usage).toMatchObject({
      ...{ destination: 'default', month, ...sent, billedUsers: 2, limit: 2, overLimit: 1, sampleUsers: 100 },
      months: [{ month, ...sent, billedUsers: 2 }],
      topEvents: [{ event: 'Bought', events: 2 }],
      topUsers: [{ userId: 'u1', events: 2 }],
      saved: { unchanged: 1, notSampled: 0, filtered: 1 },
      forecast: { trackedUsers: expect.any(Number), limitedBy: null },
    });
    expect(usage.days).toEqual([{ day: expect.stringMatching(`^${month}-\\d\\d$`), ...sent }]);
    expect(usage.sampled.map(({ percent }) => percent)).toEqual([10, 25, 50]);
  });

  it('tells of another month, in which nothing was sent', async () => {
    expect(await pair.admin.usage({ month: '2020-02' })).toMatchObject({
      month: '2020-02',
      trackedUsers: 0,
      days: [],
      forecast: { trackedUsers: 0 },
    });
  });

  it.each([
    ['?month=2026-13', 'month: expected a month such as 2026-12'],
    ['?destination=other', 'destination: expected one of default'],
    ['?day=1', 'day: expected one of destination, month'],
  ])('refuses %s', async (query, message) => {
    const response = await pair.admin.call(`/api/usage${query}`);
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ message })]);
  });
});
