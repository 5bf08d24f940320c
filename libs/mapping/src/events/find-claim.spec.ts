import { parseSettings } from '../settings/parse-settings';
import { findClaim } from './find-claim';
import type { Claim } from './find-claim';
import { mapEvent } from './map-event';

const NOW = Date.UTC(2026, 0, 15);

describe(findClaim.name, () => {
  const find = (event: unknown, raw: object = {}): Claim | undefined => {
    const parsed = parseSettings({ apiKey: 'key', ...raw }, { unknownUserGraceSeconds: 300 });
    if (!parsed.ok) throw new Error('the settings are not valid');
    return findClaim(event, mapEvent(event, parsed.value, NOW), parsed.value);
  };
  const identify = { type: 'identify', userId: 'u1', anonymousId: 'a1' };
  const alias = { type: 'alias', userId: 'u1', previousId: 'a1' };

  it.each([identify, { ...identify, anonymousId: 'a1', traits: {} }, alias, { ...alias, anonymousId: 'a1' }])(
    'is what %j says',
    (event) => {
      expect(find(event)).toEqual({ anonymousId: 'a1', userId: 'u1' });
    },
  );

  it('goes by the places of the user id, and by the old id of an Alias alone', () => {
    const event = { ...identify, userId: 'ignored', traits: { id: 7 } };
    expect(find(event, { userIdFields: ['traits.id'] })).toEqual({ anonymousId: 'a1', userId: '7' });
    expect(find({ ...alias, anonymousId: 'a2' })).toEqual({ anonymousId: 'a1', userId: 'u1' });
  });

  it.each([
    { ...identify, type: 'track', event: 'Seen' },
    { ...identify, userId: null },
    { ...identify, anonymousId: undefined },
    { ...identify, anonymousId: 'undefined' },
    { ...identify, integrations: { UserLeap: false } },
    { ...alias, previousId: undefined, anonymousId: 'a1' },
    { ...alias, previousId: 'u1' },
    { ...alias, userId: 'None' },
    'identify',
  ])('is none in %j', (event) => {
    expect(find(event)).toBeUndefined();
  });

  it('says how all of it ends, where the user is not sampled', () => {
    for (const event of [identify, alias, { ...alias, anonymousId: 'a1' }]) {
      const { outcome, ...whose } = find(event, { sampleUsers: 0 }) ?? {};
      expect(whose).toEqual({ anonymousId: 'a1', userId: 'u1' });
      expect(outcome).toMatchObject({ outcome: 'filtered', reason: 'not_sampled' });
    }
  });
});
