import { parseSettings } from '../settings/parse-settings';
import type { Settings } from '../settings/settings';
import { ClaimedEvent } from './claimed-event';
import { findHeldBack } from './find-held-back';
import { mapClaimable } from './map-claimed';

function settingsOf(fields: Readonly<Record<string, unknown>>): Settings {
  const parsed = parseSettings({ apiKey: 'key', ...fields }, { unknownUserGraceSeconds: 300 });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

describe(findHeldBack.name, () => {
  const find = (raw: unknown, fields: Readonly<Record<string, unknown>>) =>
    findHeldBack(raw, mapClaimable(raw, settingsOf(fields), 0));
  const opened = { type: 'track', event: ' Opened ', userId: 'anna' };

  it('names what a list leaves out, as Segment sends it, and the list', () => {
    const eventNames = { Opened: 'app_opened' };
    expect(find(opened, { denyEvents: ['Opened'], eventNames })).toEqual({ name: 'Opened', reason: 'event_denied' });
    expect(find(opened, { allowEvents: ['Closed'] })).toEqual({ name: 'Opened', reason: 'event_not_allowed' });
  });

  it('names it of an event whose user was not known, too', () => {
    const claimed = new ClaimedEvent({ type: 'track', event: 'Opened', anonymousId: 'a' }, 'anna', 0);
    expect(find(claimed, { denyEvents: ['Opened'] })).toEqual({ name: 'Opened', reason: 'event_denied' });
  });

  it('names nothing that goes on, or that something else leaves out', () => {
    expect(find(opened, {})).toBeUndefined();
    expect(find({ ...opened, integrations: { UserLeap: false } }, { denyEvents: ['Opened'] })).toBeUndefined();
    expect(find({ type: 'track', event: 'Opened' }, {})).toBeUndefined();
  });
});
