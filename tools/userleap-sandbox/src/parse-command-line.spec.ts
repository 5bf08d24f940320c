import { parseCommandLine } from './parse-command-line';

describe(parseCommandLine.name, () => {
  it('has a default for everything', () => {
    expect(parseCommandLine([])).toMatchObject({
      ok: true,
      options: { port: 9090, host: '127.0.0.1', applyDelayMs: 250, rateLimit: { requests: 1000, windowMs: 300_000 } },
    });
  });

  it('reads every option', () => {
    const args = ['--port', '8080', '--host=::1', '--apply-delay', '0', '--rate-limit', '5/2s'];
    expect(parseCommandLine(args)).toMatchObject({
      ok: true,
      options: { port: 8080, host: '::1', applyDelayMs: 0, rateLimit: { requests: 5, windowMs: 2_000 } },
    });
  });

  it.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['9090'], "Unexpected argument '9090'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--port', '-1'], "Option '--port' argument is ambiguous"],
    [['--port', '80a'], 'port: '],
    [['--port', ''], 'port: '],
    [['--port', '65536'], 'port: '],
    [['--host', '0.0.0.0'], 'host: '],
    [['--apply-delay', '1.5'], 'applyDelayMs: '],
    [['--rate-limit', '1000'], 'rate-limit: '],
    [['--rate-limit', '0/300s'], 'rateLimit.requests: '],
  ])('refuses %j with one line', (args, message) => {
    const result = parseCommandLine(args);
    expect(result).toEqual({ ok: false, message: expect.stringContaining(message) });
    expect(result).not.toEqual({ ok: false, message: expect.stringContaining('\n') });
  });
});
