import { parseCommandLine } from './parse-command-line';

const FROM = ['--from', 'sqlite:./data/relay.db'];
const TO = ['--to', 'postgres://relay:secret@db:5432/relay?sslmode=verify-full'];

describe(parseCommandLine.name, () => {
  it('reads where the store is and where it is to be', () => {
    const options = { path: './data/relay.db', url: TO[1] };
    expect(parseCommandLine([...FROM, ...TO])).toEqual({
      ask: 'move',
      options: { ...options, schema: 'segment_userleap' },
    });
    expect(parseCommandLine([...FROM, ...TO, '--schema', 'own'])).toEqual({
      ask: 'move',
      options: { ...options, schema: 'own' },
    });
  });

  it('gives help, whatever else there is', () => {
    expect(parseCommandLine(['--help'])).toEqual({ ask: 'help' });
    expect(parseCommandLine([...FROM, '-h'])).toEqual({ ask: 'help' });
  });

  it.each([
    [[], '--from: expected sqlite:PATH'],
    [TO, '--from: expected sqlite:PATH'],
    [['--from', TO[1] ?? '', ...TO], '--from: expected sqlite:PATH'],
    [FROM, '--to: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE'],
    [[...FROM, '--to', 'sqlite:b'], '--to: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE'],
    [[...FROM, '--to', 'postgres://u:secret@h'], '--to: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE'],
    [[...FROM, ...TO, '--schema', 'Secret'], '--schema: expected a name of small letters, digits and _, at most 63'],
    [[...FROM, 'postgres://u:secret@h/d'], 'expected --from, --to, --schema, each with a value, or --help'],
    [[...FROM, '--too=postgres://u:secret@h/d'], 'expected --from, --to, --schema, each with a value, or --help'],
  ])('says what is wrong with %j, without a value', (args, message) => {
    expect(parseCommandLine(args)).toEqual({ ask: 'nothing', message });
  });
});
