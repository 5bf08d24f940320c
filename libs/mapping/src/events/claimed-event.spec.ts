import { parseSettings } from '../settings/parse-settings';
import type { Settings } from '../settings/settings';
import { ClaimedEvent } from './claimed-event';
import { findHeld } from './find-held';
import { mapClaimable } from './map-claimed';

const NOW = Date.UTC(2026, 0, 15);
const HOUR = 3_600_000;
const at = (time: number): string => new Date(time).toISOString();

function settings(raw: object = {}): Settings {
  const parsed = parseSettings({ apiKey: 'key', ...raw }, { unknownUserGraceSeconds: 300 });
  if (!parsed.ok) throw new Error('the settings are not valid');
  return parsed.value;
}

describe(ClaimedEvent.name, () => {
  const seen = {
    type: 'track',
    anonymousId: 'a1',
    event: 'Seen',
    timestamp: at(NOW - 2 * HOUR),
    receivedAt: at(NOW - 2 * HOUR),
  };
  const operationOf = (event: object, claimedAt: number) => {
    const mapped = mapClaimable(new ClaimedEvent(event, 'u1', claimedAt), settings(), NOW);
    return mapped.kind === 'operation' ? mapped.operation : undefined;
  };

  it('has its own time, and grace for its user from the claim on', () => {
    expect(operationOf(seen, NOW - HOUR)).toMatchObject({ userId: 'u1', at: NOW - 2 * HOUR, receivedAt: NOW - HOUR });
  });

  it('has no less grace than what is not claimed', () => {
    expect(operationOf(seen, NOW - 3 * HOUR)).toMatchObject({ receivedAt: NOW - 2 * HOUR });
  });

  it('is of its user, whatever the event itself says of one', () => {
    expect(operationOf({ ...seen, userId: 'another' }, NOW)).toMatchObject({ userId: 'u1' });
  });

  it('ends as the settings of now say', () => {
    const mapped = mapClaimable(new ClaimedEvent(seen, 'u1', NOW), settings({ denyEvents: ['Seen'] }), NOW);
    expect(mapped).toMatchObject({ kind: 'settled', outcome: { outcome: 'filtered', reason: 'event_denied' } });
  });

  it.each([{ type: 'group', groupId: 'g1' }, { type: 'alias', previousId: 'a1' }, { type: 'delete' }, {}, null])(
    'is never made of %j',
    (event) => {
      expect(findHeld(event && { anonymousId: 'a1', ...event }, settings({ groupTraits: true }), NOW)).toBeUndefined();
    },
  );
});
