import { parseSettings } from '../settings/parse-settings';
import { findHeld } from './find-held';

const NOW = Date.UTC(2026, 0, 15);

describe(findHeld.name, () => {
  const find = (event: unknown, raw: object = {}): string | undefined => {
    const parsed = parseSettings({ apiKey: 'key', ...raw }, { unknownUserGraceSeconds: 300 });
    if (!parsed.ok) throw new Error('the settings are not valid');
    return findHeld(event, parsed.value, NOW);
  };
  const seen = { type: 'track', anonymousId: 'a1', event: 'Seen' };

  it.each([
    seen,
    { type: 'page', anonymousId: 'a1' },
    { type: 'identify', anonymousId: 'a1', traits: { plan: 'pro' } },
    { type: 'identify', anonymousId: 'a1', traits: { email: 'visitor@example.com' } },
    { ...seen, userId: '  ' },
  ])('is the anonymous id of %j', (event) => {
    expect(find(event)).toBe('a1');
  });

  it.each([
    { ...seen, userId: 'u1' },
    { ...seen, anonymousId: undefined },
    { ...seen, anonymousId: 'None' },
    { ...seen, anonymousId: 'a'.repeat(256) },
    { ...seen, anonymousId: {} },
    { ...seen, event: ' ' },
    { ...seen, integrations: { UserLeap: false } },
    { type: 'identify', anonymousId: 'a1', traits: { plan: '' } },
    { type: 'screen', anonymousId: 'a1', name: 'Home' },
    'track',
  ])('is none of %j', (event) => {
    expect(find(event)).toBeUndefined();
  });

  it('goes by the settings', () => {
    expect(find({ type: 'screen', anonymousId: 'a1', name: 'Home' }, { trackScreens: true })).toBe('a1');
    expect(find({ ...seen, anonymousId: 'None' }, { acceptOddIds: true })).toBe('None');
    expect(find(seen, { denyEvents: ['Seen'] })).toBeUndefined();
    expect(find(seen, { sampleUsers: 0 })).toBe('a1');
  });
});
