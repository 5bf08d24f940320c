import { parseSettings } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
import { previewEvent } from './preview-event';

const NOW = Date.UTC(2026, 0, 1);

function settingsWith(raw: object): Settings {
  const parsed = parseSettings({ apiKey: 'secret-key', ...raw }, { unknownUserGraceSeconds: 300 });
  if (!parsed.ok) throw new Error('wrong settings');
  return parsed.value;
}

describe(previewEvent.name, () => {
  it('shows the request of an event of a known user, without the key', async () => {
    const preview = await previewEvent({ type: 'track', userId: 'ann', event: 'Paid' }, settingsWith({}), NOW);
    expect(preview).toEqual({
      outcome: 'delivered',
      reason: null,
      message: null,
      warnings: [],
      requests: [
        { method: 'POST', path: '/v2/users', body: { userId: 'ann', events: [{ event: 'Paid', timestamp: NOW }] } },
      ],
    });
    expect(JSON.stringify(preview)).not.toContain('secret-key');
  });

  it('shows all requests of an Alias, and no body where there is none', async () => {
    const event = { type: 'alias', previousId: 'a b', userId: 'ann' };
    const settings = settingsWith({ endpoint: 'http://127.0.0.1:9/base', purgeAliased: true });
    const { outcome, requests } = await previewEvent(event, settings, NOW);
    expect(outcome).toBe('delivered');
    expect(requests).toEqual([
      { method: 'GET', path: '/v2/users/a%20b', body: null },
      { method: 'GET', path: '/v2/users/ann', body: null },
      { method: 'POST', path: '/v2/users', body: { userId: 'ann' } },
      { method: 'POST', path: '/v2/purge/visitors', body: { userIds: ['a b'] } },
    ]);
  });

  it('says why there is no request', async () => {
    const event = { type: 'track', userId: 'ann', event: 'Ping' };
    const { message, ...rest } = await previewEvent(event, settingsWith({ denyEvents: ['Ping'] }), NOW);
    expect(rest).toEqual({ outcome: 'filtered', reason: expect.any(String), warnings: [], requests: [] });
    expect(message).toMatch(/\w/);
  });

  it.each([undefined, null, 7, 'text', [], { type: 'track' }])('takes %j for what it is', async (event) => {
    expect(await previewEvent(event, settingsWith({}), NOW)).toMatchObject({ outcome: 'rejected', requests: [] });
  });
});
