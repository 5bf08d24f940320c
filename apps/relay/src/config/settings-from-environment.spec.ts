import { SETTING_NAMES } from '@segment-userleap/mapping';
import { formatIssue } from '@segment-userleap/validation';
import { loadConfig } from './load-config';
import { settingsFromEnvironment, variableOf } from './settings-from-environment';

describe(variableOf.name, () => {
  it.each([
    ['apiKey', 'USERLEAP_API_KEY'],
    ['endpoint', 'USERLEAP_ENDPOINT'],
    ['pageUrlEvents', 'USERLEAP_PAGE_URL_EVENTS'],
  ])('names the variable of %s', (setting, variable) => {
    expect(variableOf(setting)).toBe(variable);
  });

  it('gives every setting a variable of its own', () => {
    expect(new Set(SETTING_NAMES.map(variableOf)).size).toBe(SETTING_NAMES.length);
  });
});

describe(settingsFromEnvironment.name, () => {
  it('leaves texts, numbers and flags for the schema to read', () => {
    const env = { USERLEAP_API_KEY: '123', USERLEAP_PURGE_DELAY_SECONDS: '60', USERLEAP_TRACK_SCREENS: 'true' };
    expect(settingsFromEnvironment(env)).toEqual({
      ok: true,
      value: { apiKey: '123', purgeDelaySeconds: '60', trackScreens: 'true' },
    });
  });

  it('reads lists and maps as JSON', () => {
    const env = { USERLEAP_DENY_EVENTS: '["Logged In"]', USERLEAP_EVENT_NAMES: '{"Signed Up": "signup"}' };
    expect(settingsFromEnvironment(env)).toEqual({
      ok: true,
      value: { denyEvents: ['Logged In'], eventNames: { 'Signed Up': 'signup' } },
    });
  });

  it('leaves out what is blank and what is no setting', () => {
    const env = { USERLEAP_DENY_EVENTS: ' ', USERLEAP_ENDPOINT: '', USERLEAP_OTHER: 'x', PATH: '/bin' };
    expect(settingsFromEnvironment(env)).toEqual({ ok: true, value: {} });
  });

  it('names every variable whose JSON is broken, and nothing of it', () => {
    const env = { USERLEAP_DENY_EVENTS: 'Logged In, Logged Out', USERLEAP_PAGE_URL_EVENTS: '{"a": hush' };
    expect(settingsFromEnvironment(env)).toEqual({
      ok: false,
      issues: [
        { path: 'USERLEAP_PAGE_URL_EVENTS', message: 'expected JSON' },
        { path: 'USERLEAP_DENY_EVENTS', message: 'expected JSON' },
      ],
    });
  });
});

describe('the settings of the environment, once parsed', () => {
  const base = { USERLEAP_API_KEY: 'real-key', RELAY_WRITE_KEY: 'write-key' };

  it('become those of the only destination', () => {
    const config = loadConfig({
      ...base,
      USERLEAP_ALLOW_EVENTS: '["Signed Up"]',
      USERLEAP_EVENT_NAMES: '{"Signed Up": "signup"}',
      USERLEAP_PURGE_DELAY_SECONDS: '60',
      USERLEAP_TRACK_SCREENS: 'true',
    });
    const settings = config.ok ? config.value.destinations[0]?.settings : undefined;
    expect(settings).toMatchObject({ purgeDelaySeconds: 60, trackScreens: true });
    expect(settings?.allowEvents).toEqual(new Set(['Signed Up']));
    expect(settings?.eventNames).toEqual(new Map([['Signed Up', 'signup']]));
  });

  it.each([
    ['USERLEAP_UNKNOWN_USER_GRACE_SECONDS', 'a-while', 'expected a whole number of seconds'],
    ['USERLEAP_PURGE_DELAY_SECONDS', '-1', 'expected a whole number of seconds'],
    ['USERLEAP_PAGE_EVENT_NAME', 'x'.repeat(256), 'expected a name of at most 255 characters'],
    ['USERLEAP_PAGE_URL_EVENTS', '["hush"]', 'got an array'],
    ['USERLEAP_PAGE_URL_EVENTS.pricing', '{"pricing": "/hush(/"}', ''],
    ['USERLEAP_EVENT_NAMES', '{"hush": 1}', 'got an object'],
    ['USERLEAP_ALLOW_EVENTS', '"hush"', 'expected a list of names, got a string'],
    ['USERLEAP_DENY_EVENTS', '{"hush": true}', 'expected a list of names, got an object'],
    ['USERLEAP_ALLOW_TRAITS', '[777]', 'expected a list of names, got an array'],
    ['USERLEAP_DENY_TRAITS', 'null, hush', 'expected JSON'],
    ['USERLEAP_CONSENT_CATEGORIES', '777', 'expected a list of names, got a number'],
    ['USERLEAP_TRACK_SCREENS', 'sometimes', 'expected true or false, got a string'],
    ['USERLEAP_PURGE_ALIASED', 'sometimes', 'expected true or false, got a string'],
  ])('are refused by the name %s for %j, without its value', (path, text, message) => {
    const [variable = ''] = path.split('.');
    const config = loadConfig({ ...base, [variable]: text });
    const lines = config.ok ? [] : config.issues.map(formatIssue);
    expect(lines).toEqual([expect.stringContaining(message)]);
    expect(lines[0]?.split(': ')[0]).toBe(path);
    expect(lines[0]).not.toContain(text);
    expect(lines[0]).not.toMatch(/hush|777|sometimes|a-while|-1/);
  });
});
