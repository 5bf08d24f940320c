import { parseSettings } from '@segment-userleap/mapping';
import { keyOf, readSegmentSettings, refuseOtherSettings } from './segment-settings';

const encode = (settings: unknown): string => Buffer.from(JSON.stringify(settings)).toString('base64');

describe(readSegmentSettings.name, () => {
  it('reads base64 of a JSON object', () => {
    expect(readSegmentSettings(encode({ apiKey: 'k', x: 1 }))).toEqual({ apiKey: 'k', x: 1 });
    expect(readSegmentSettings(undefined)).toEqual({});
  });

  it.each(['{"apiKey": "k"}', '!!!', encode(['k']), encode(null)])('refuses %s', (header) => {
    expect(() => readSegmentSettings(header)).toThrow('X-Segment-Settings: expected base64 of a JSON object');
  });

  it('finds the key among them', () => {
    expect([keyOf({ apiKey: 'k' }), keyOf({ apiKey: '' }), keyOf({ apiKey: 5 }), keyOf({})]).toEqual([
      'k',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe(refuseOtherSettings.name, () => {
  const raw = {
    apiKey: 'k',
    denyEvents: ['Ping'],
    pageUrlEvents: { Priced: '/pricing' },
    eventNames: { A: 'B' },
    purgeDelaySeconds: 5,
  };
  const parsed = parseSettings(raw, { unknownUserGraceSeconds: 60 });
  const configured = parsed.ok ? parsed.value : undefined;
  const check = (sent: Record<string, unknown>): void => {
    if (!configured) throw new Error('the settings of this test are wrong');
    refuseOtherSettings(sent, configured);
  };

  it.each([
    [{}],
    [{ apiKey: 'another', endpoint: 'https://elsewhere.example', unheard: 'of' }],
    [{ denyEvents: ['Ping'], pageUrlEvents: { Priced: '/pricing' }, eventNames: { A: 'B' }, purgeDelaySeconds: '5' }],
    [{ unknownUsers: 'skip', trackScreens: 'false', allowEvents: null, pageEventName: '' }],
  ])('passes over what changes nothing: %j', (sent) => {
    expect(() => check(sent)).not.toThrow();
  });

  it.each([
    [{ denyEvents: ['Pong'] }, 'denyEvents: expected what the relay is configured with'],
    [{ pageUrlEvents: { Priced: '/prices' } }, 'pageUrlEvents: expected what the relay is configured with'],
    [{ eventNames: { A: 'C' } }, 'eventNames: expected what the relay is configured with'],
    [{ unknownUsers: 'create' }, 'unknownUsers: expected what the relay is configured with'],
    [{ denytraits: ['ssn'] }, 'denytraits: expected the name denyTraits'],
    [{ unknownUsers: 'drop' }, 'unknownUsers: expected skip or create'],
  ])('refuses %j', (sent, message) => {
    expect(() => check(sent)).toThrow(`X-Segment-Settings.${message}`);
  });
});
