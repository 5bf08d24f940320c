import { mapEvent, parseSettings } from '@segment-userleap/mapping';
import { fateOf } from './fate-of';

const NOW = Date.UTC(2026, 0, 1);

function createsUser(event: object, unknownUsers: string): unknown {
  const parsed = parseSettings({ apiKey: 'k', unknownUsers, groupTraits: true }, { unknownUserGraceSeconds: 60 });
  if (!parsed.ok) throw new Error('the settings are not valid');
  const whole = { userId: 'anna', ...event };
  const fate = fateOf(mapEvent(whole, parsed.value, NOW), whole, parsed.value);
  return 'lane' in fate ? fate.createsUser : undefined;
}

describe(fateOf.name, () => {
  it.each([
    [{ type: 'identify' }, true, true],
    [{ type: 'track', event: 'Seen' }, false, true],
    [{ type: 'page' }, false, true],
    [{ type: 'group', groupId: 'team' }, false, false],
    [{ type: 'delete' }, false, false],
  ])('knows whether %j creates its user: %s, and %s where any event does', (event, skipping, creating) => {
    expect([createsUser(event, 'skip'), createsUser(event, 'create')]).toEqual([skipping, creating]);
  });
});
