import { parseCommandLine } from './parse-command-line';

const NEEDED = ['--from', 'a.gz', '--to', 'http://127.0.0.1:8080/', '--write-key', 'k'];

describe(parseCommandLine.name, () => {
  it('takes files, a relay and a key; the rest has defaults', () => {
    expect(parseCommandLine(NEEDED)).toEqual({
      ask: 'hand over',
      relay: { url: 'http://127.0.0.1:8080', writeKey: 'k' },
      state: 'backfill-state.jsonl',
      options: {
        from: ['a.gz'],
        since: undefined,
        until: undefined,
        types: undefined,
        mapping: undefined,
        settings: undefined,
        report: 'backfill-report.jsonl',
        rateLimit: { requests: 1000, windowMs: 300_000 },
      },
    });
  });

  it('takes several files, as a shell makes them of a pattern', () => {
    expect(parseCommandLine([...NEEDED, 'b.gz', '--from', 'c', 'd'])).toMatchObject({
      options: { from: ['a.gz', 'c', 'b.gz', 'd'] },
    });
  });

  it('takes the key from the variable that the relay has it in', () => {
    expect(parseCommandLine(NEEDED.slice(0, 4), { RELAY_WRITE_KEY: 'v' })).toMatchObject({ relay: { writeKey: 'v' } });
  });

  it('takes times, types and a limit', () => {
    const args = [
      '--since',
      '2026-01-01',
      '--until=2026-02-01T00:00:00Z',
      '--types',
      'identify, track',
      '--rate-limit',
      '5/1s',
    ];
    expect(parseCommandLine([...NEEDED, ...args])).toMatchObject({
      options: {
        since: Date.UTC(2026, 0, 1),
        until: Date.UTC(2026, 1, 1),
        types: new Set(['identify', 'track']),
        rateLimit: { requests: 5, windowMs: 1000 },
      },
    });
  });

  it('needs no relay for a dry run', () => {
    expect(parseCommandLine(['--from', 'a.gz', '--dry-run', '--deletes', 'd.jsonl'])).toMatchObject({
      ask: 'dry run',
      deletes: 'd.jsonl',
    });
  });

  it.each([
    [[], '--from: expected files or folders'],
    [['a.gz', '--dry-run'], '--from: expected files or folders'],
    [NEEDED.slice(0, 2), '--to: expected the address of a relay'],
    [['--from', 'a', '--to', 'relay', '--write-key', 'k'], '--to: expected the address of a relay'],
    [NEEDED.slice(0, 4), '--write-key: expected a write key of the relay'],
    [[...NEEDED, '--since', 'monday'], '--since: expected a time such as'],
    [[...NEEDED, '--types', 'tracks'], '--types: expected some of identify,track'],
    [[...NEEDED, '--rate-limit', '1000'], '--rate-limit: expected a limit such as 1000/300s'],
    [[...NEEDED, '--deletes', 'x'], '--deletes: expected --dry-run with it'],
    [[...NEEDED, '--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j with one line', (args, message) => {
    expect(parseCommandLine(args)).toEqual({ ask: 'nothing', message: expect.stringContaining(message) as unknown });
  });
});
