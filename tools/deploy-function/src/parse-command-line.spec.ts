import { parseCommandLine } from './parse-command-line';

describe(parseCommandLine.name, () => {
  it('takes a name, and nothing else unless it is asked for', () => {
    expect(parseCommandLine(['--name', ' UserLeap '])).toEqual({
      ask: 'deploy',
      options: { target: { name: 'UserLeap' }, dryRun: false, minified: false, force: false },
    });
  });

  it('takes an id and every switch', () => {
    expect(parseCommandLine(['--id=sfnd_1-a', '--dry-run', '--minified', '--force'])).toEqual({
      ask: 'deploy',
      options: { target: { id: 'sfnd_1-a' }, dryRun: true, minified: true, force: true },
    });
  });

  it.each([['--help'], ['-h']])('gives help for %s, whatever else is missing', (flag) => {
    expect(parseCommandLine([flag])).toEqual({ ask: 'help' });
  });

  it('gives no advice about positional arguments', () => {
    expect(parseCommandLine(['UserLeap'])).toEqual({ ask: 'nothing', message: "Unexpected argument 'UserLeap'" });
  });

  it.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--name', '--force'], "Option '--name' argument is ambiguous"],
    [['--name'], "Option '--name <value>' argument missing"],
    [['--dry-run=yes'], "Option '--dry-run' does not take an argument"],
    [[], 'give either --name NAME or --id ID'],
    [['--name', 'a', '--id', 'b'], 'give either --name NAME or --id ID'],
    [['--name', '  '], '--name: expected'],
    [['--id', '../sources'], '--id: expected'],
    [['--id', ''], '--id: expected'],
  ])('refuses %j with one line', (args, message) => {
    const result = parseCommandLine(args);
    expect(result).toEqual({ ask: 'nothing', message: expect.stringContaining(message) as unknown });
    expect(result).not.toEqual({ ask: 'nothing', message: expect.stringContaining('\n') as unknown });
  });
});
