import { formatIssue } from '@segment-userleap/validation';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './load-config';
import { readDestinations } from './read-destinations';

const GRACE = 7_200;
const EU = { name: 'eu', writeKeys: ['eu-hush'], settings: { apiKey: 'eu-key' } };
const US = { name: 'us', writeKeys: ['us-hush', 'us-hush-2'], settings: { apiKey: 'us-key', denyEvents: ['Ping'] } };

describe(readDestinations.name, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relay-destinations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(content: unknown): string {
    const path = join(folder, 'destinations.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  function linesOf(content: unknown): readonly string[] {
    const read = readDestinations(write(content), GRACE);
    return read.ok ? [] : read.issues.map(formatIssue);
  }

  it('reads every destination with its keys and settings', () => {
    const read = readDestinations(write([EU, US]), GRACE);
    expect(read).toMatchObject({
      ok: true,
      value: [
        { name: 'eu', writeKeys: ['eu-hush'], settings: { apiKey: 'eu-key', unknownUserGraceSeconds: GRACE } },
        { name: 'us', writeKeys: ['us-hush', 'us-hush-2'], settings: { apiKey: 'us-key' } },
      ],
    });
  });

  it('takes the place of the variables that make one destination', () => {
    const config = loadConfig({ RELAY_DESTINATIONS: write([EU, US]) });
    expect(config.ok && config.value.destinations.map(({ name }) => name)).toEqual(['eu', 'us']);
  });

  it('makes what is wrong with the file an issue of the configuration', () => {
    const config = loadConfig({ PORT: 'x', RELAY_DESTINATIONS: write('{') });
    expect(config.ok ? [] : config.issues.map(formatIssue)).toEqual([
      'PORT: expected a port from 0 to 65535',
      'RELAY_DESTINATIONS: expected a JSON file',
    ]);
  });

  it('lets a destination wait for unknown users as long as its settings say', () => {
    const settings = { ...EU.settings, unknownUserGraceSeconds: 60 };
    const read = readDestinations(write([{ ...EU, settings }]), GRACE);
    expect(read).toMatchObject({ ok: true, value: [{ settings: { unknownUserGraceSeconds: 60 } }] });
  });

  it('reads the rate limit of each destination, 1000 requests in 300 seconds by default', () => {
    const read = readDestinations(write([{ ...EU, rateLimit: '30/3s' }, US]), GRACE);
    expect(read).toMatchObject({
      ok: true,
      value: [{ budget: { requests: 30, windowMs: 3_000 } }, { budget: { requests: 1_000, windowMs: 300_000 } }],
    });
  });

  it('reads for how many users a month may send; none: no limit', () => {
    const read = readDestinations(write([{ ...EU, monthlyUsers: 25_000 }, US]), GRACE);
    expect(read).toMatchObject({ ok: true, value: [{ monthlyUsers: 25_000 }, { monthlyUsers: undefined }] });
  });

  describe('destinations with the same key', () => {
    const eu2 = { ...EU, name: 'eu-2', writeKeys: ['eu-2-hush'] };

    it('share a budget', () => {
      const read = readDestinations(write([EU, eu2, US]), GRACE);
      const ids = read.ok ? read.value.map(({ budget }) => budget.id) : [];
      expect(ids).toEqual([ids[0], ids[0], expect.not.stringMatching(`^${ids[0]}$`)]);
    });

    it('are refused where their limits differ', () => {
      expect(linesOf([EU, { ...eu2, rateLimit: '30/3s' }])).toEqual([
        'RELAY_DESTINATIONS: expected the same rateLimit for destinations with the same apiKey and endpoint',
      ]);
      expect(linesOf([EU, { ...eu2, monthlyUsers: 5 }])).toEqual([
        'RELAY_DESTINATIONS: expected the same monthlyUsers for destinations with the same apiKey and endpoint',
      ]);
      expect(
        linesOf([
          { ...EU, monthlyUsers: 5 },
          { ...eu2, monthlyUsers: 5 },
        ]),
      ).toEqual([]);
    });

    it('may have limits of their own at endpoints of their own', () => {
      const settings = { ...EU.settings, endpoint: 'https://other.example' };
      expect(linesOf([EU, { ...eu2, rateLimit: '30/3s', settings }])).toEqual([]);
    });
  });

  it('may be opened by signatures alone', () => {
    const read = readDestinations(write([{ ...EU, writeKeys: [], sharedSecrets: ['one', 'two'] }]), GRACE);
    expect(read).toMatchObject({ ok: true, value: [{ writeKeys: [], sharedSecrets: ['one', 'two'] }] });
  });

  it('says that a file cannot be read, without its path', () => {
    const read = readDestinations(join(folder, 'hush.json'), GRACE);
    expect(read).toEqual({
      ok: false,
      issues: [{ path: 'RELAY_DESTINATIONS', message: 'expected a file that can be read' }],
    });
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{"name": hush}', 'expected a JSON file'],
    ['empty text', '', 'expected a JSON file'],
    ['an object', EU, 'expected a list of destinations, got an object'],
    ['an empty list', [], 'expected a list of destinations, got an array'],
    ['null', 'null', 'expected a list of destinations, got null'],
    ['two of one name', [EU, { ...US, name: 'eu' }], 'expected name to differ'],
    ['a shared write key', [EU, { ...US, writeKeys: ['eu-hush'] }], 'expected writeKeys to differ'],
    [
      'one secret for two',
      [
        { ...EU, sharedSecrets: ['hush'] },
        { ...US, sharedSecrets: ['hush'] },
      ],
      'expected sharedSecrets to differ',
    ],
  ])('refuses a file with %s', (_, content, message) => {
    expect(linesOf(content)).toEqual([`RELAY_DESTINATIONS: ${message}`]);
  });

  it.each<[string, unknown, string]>([
    ['that is no object', 'eu', '[1]: expected a destination object, got a string'],
    ['without a name', { ...EU, name: undefined }, '[1].name: expected 1 to 64 letters, digits, - or _'],
    ['with a name that no path can hold', { ...EU, name: 'e/u' }, '[1].name: expected 1 to 64 letters, digits, - or _'],
    [
      'with an unknown key',
      { ...EU, region: 'hush' },
      '[1].region: expected one of name, writeKeys, sharedSecrets, rateLimit, monthlyUsers, bulkUpserts, settings',
    ],
    ['with one write key', { ...EU, writeKeys: 'hush' }, '[1].writeKeys: expected a list of write keys, got a string'],
    [
      'with one secret',
      { ...EU, sharedSecrets: 'hush' },
      '[1].sharedSecrets: expected a list of secrets, got a string',
    ],
    [
      'with a blank write key',
      { ...EU, writeKeys: [''] },
      '[1].writeKeys: expected a list of write keys, got an array',
    ],
    [
      'with a rate limit of another form',
      { ...EU, rateLimit: '1000 hush' },
      '[1].rateLimit: expected requests/duration, such as 1000/300s',
    ],
    [
      'with a number as rate limit',
      { ...EU, rateLimit: 5 },
      '[1].rateLimit: expected requests/duration, such as 1000/300s',
    ],
    [
      'bulkUpserts that is no flag',
      { ...EU, bulkUpserts: 'true' },
      '[1].bulkUpserts: expected true or false, got a string',
    ],
    [
      'without an API key',
      { ...EU, settings: {} },
      '[1].settings.apiKey: expected a UserLeap API key without spaces, got nothing',
    ],
    [
      'with a wrong setting',
      { ...EU, settings: { apiKey: 'k', trackScreens: 'hush' } },
      '[1].settings.trackScreens: expected true or false, got a string',
    ],
    [
      'without a write key',
      { ...EU, writeKeys: undefined },
      '[1].writeKeys: expected a write key or a shared secret: without one anybody could send to your UserLeap',
    ],
  ])('refuses a destination %s', (_, destination, line) => {
    const lines = linesOf([US, destination]);
    expect(lines).toEqual([`RELAY_DESTINATIONS${line}`]);
    expect(lines.join()).not.toContain('hush');
  });

  it('names a setting that there is not, and those that there are', () => {
    const [line] = linesOf([{ ...EU, settings: { apiKey: 'k', region: 'hush' } }]);
    expect(line).toMatch(/^RELAY_DESTINATIONS\[0\]\.settings\.region: expected one of apiKey, endpoint, /);
    expect(line).not.toContain('hush');
  });

  it('gives a setting whose name is nearly right its name, in one line', () => {
    expect(linesOf([{ ...EU, settings: { apiKey: 'k', deny_traits: ['hush'] } }])).toEqual([
      'RELAY_DESTINATIONS[0].settings.deny_traits: expected the name denyTraits',
    ]);
  });

  it('tells what is wrong with every destination', () => {
    expect(linesOf([{ ...EU, name: '' }, US, { ...EU, name: '' }])).toHaveLength(2);
  });

  it('needs no write key where the endpoint is on this machine', () => {
    const local = { name: 'local', settings: { apiKey: 'k', endpoint: 'http://127.0.0.1:9090' } };
    expect(readDestinations(write([local]), GRACE)).toMatchObject({ ok: true, value: [{ writeKeys: [] }] });
  });
});
