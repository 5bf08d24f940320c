import type { Settings } from '@segment-userleap/mapping';
import { parsePreviewSettings } from './parse-input';
import type { RawSettings } from './parse-input';
import { previewEvent } from './preview-event';
import { SAMPLES } from './samples';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe(previewEvent.name, () => {
  it('shows the exact request of an Identify, with what was left out', async () => {
    const event = { type: 'identify', userId: 'u1', traits: { plan: 'pro', email: 'none' } };
    const preview = await previewEvent(event, settings(), NOW);
    expect(preview).toEqual({
      outcome: 'delivered',
      reason: null,
      message: null,
      warnings: [{ code: 'invalid_email', trait: 'email' }],
      requests: [{ method: 'POST', path: '/v2/users', body: { userId: 'u1', attributes: { plan: 'pro' } } }],
    });
  });

  it('takes the user for known: a Track needs no look-up', async () => {
    const preview = await previewEvent({ type: 'track', userId: 'u1', event: 'Paid' }, settings(), NOW);
    expect(preview.requests).toEqual([
      { method: 'POST', path: '/v2/users', body: { userId: 'u1', events: [{ event: 'Paid', timestamp: NOW }] } },
    ]);
  });

  it('shows every request of an Alias', async () => {
    const alias = { type: 'alias', userId: 'new', previousId: 'old id' };
    const { requests } = await previewEvent(alias, settings({ purgeAliased: true }), NOW);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/users/old%20id',
      'POST /v2/users',
      'POST /v2/purge/visitors',
    ]);
  });

  it('says why there is no request', async () => {
    const preview = await previewEvent({ type: 'group', userId: 'u1', groupId: 'g' }, settings(), NOW);
    expect(preview).toMatchObject({ outcome: 'unsupported', reason: 'unsupported_type', requests: [] });
  });

  it.each(SAMPLES)('takes the sample $name for an event', async ({ event }) => {
    expect((await previewEvent(event, settings(), NOW)).outcome).not.toBe('rejected');
  });
});

describe(parsePreviewSettings.name, () => {
  it('names the setting that is wrong', () => {
    const parsed = parsePreviewSettings({ unknownUsers: 'maybe' });
    expect(parsed).toMatchObject({ ok: false, issues: [{ path: 'unknownUsers' }] });
  });
});

function settings(raw: RawSettings = {}): Settings {
  const parsed = parsePreviewSettings(raw);
  if (!parsed.ok) throw new Error('wrong settings');
  return parsed.value;
}
