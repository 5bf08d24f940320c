import { asJson, asVariable, denyLines, letThroughLines } from './setting-lines';

const NONE = { allowEvents: [], denyEvents: [], eventNames: [], pageEvents: ['pageview', 'Pricing'] };

describe(denyLines.name, () => {
  it('adds a name to those that are left out already', () => {
    expect(denyLines('Opened', NONE)?.names).toEqual(['Opened']);
    expect(denyLines('Opened', { ...NONE, denyEvents: ['Closed'] })?.names).toEqual(['Closed', 'Opened']);
  });

  it('names what Segment sends, where that has another name', () => {
    const eventNames = [
      { sent: 'opened', becomes: 'Opened' },
      { sent: 'Opened', becomes: 'Started' },
      { sent: 'Launched', becomes: 'Started' },
    ];
    expect(denyLines('Opened', { ...NONE, eventNames })?.names).toEqual(['opened']);
    expect(denyLines('Started', { ...NONE, eventNames })?.names).toEqual(['Opened', 'Launched', 'Started']);
  });

  it('has none for what Pages become, or what is left out by now', () => {
    expect(denyLines('pageview', NONE)).toBeUndefined();
    expect(denyLines('Pricing', NONE)).toBeUndefined();
    expect(denyLines('Opened', { ...NONE, denyEvents: ['Opened'] })).toBeUndefined();
  });
});

describe(letThroughLines.name, () => {
  it('takes a name out of one list, or adds it to the other', () => {
    const settings = { ...NONE, allowEvents: ['Bought'], denyEvents: ['Closed', 'Opened'] };
    const lines = (name: string, reason: 'event_denied' | 'event_not_allowed') =>
      letThroughLines({ name, reason }, settings);
    expect(lines('Opened', 'event_denied')).toEqual({ setting: 'denyEvents', names: ['Closed'] });
    expect(lines('Seen', 'event_not_allowed')).toEqual({ setting: 'allowEvents', names: ['Bought', 'Seen'] });
    expect(lines('Seen', 'event_denied')).toBeUndefined();
    expect(lines('Bought', 'event_not_allowed')).toBeUndefined();
  });

  it('has none where every name is allowed by now', () => {
    expect(letThroughLines({ name: 'Seen', reason: 'event_not_allowed' }, NONE)).toBeUndefined();
  });
});

describe('a line', () => {
  const lines = { setting: 'denyEvents', names: ["it's", 'say "hi"'] } as const;

  it('is quoted for a shell', () => {
    expect(asVariable(lines)).toBe(String.raw`USERLEAP_DENY_EVENTS='["it'\''s","say \"hi\""]'`);
  });

  it('is JSON for a file', () => {
    expect(JSON.parse(`{${asJson(lines)}}`)).toEqual({ denyEvents: ["it's", 'say "hi"'] });
  });
});
