import { parseArgs } from 'node:util';
import { parseDatabaseUrl } from '../config/parse-database-url';
import { DEFAULT_SCHEMA, SCHEMA_NAME, SCHEMA_NAME_FORM } from '../config/schema-name';

/** What the arguments ask for. */
export interface MoveOptions {
  /** Of the SQLite file. */
  readonly path: string;
  readonly url: string;
  readonly schema: string;
}

type CommandLine = { ask: 'move'; options: MoveOptions } | { ask: 'help' } | { ask: 'nothing'; message: string };

const FLAGS = {
  from: { type: 'string', default: '' },
  to: { type: 'string', default: '' },
  schema: { type: 'string', default: DEFAULT_SCHEMA },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options that the arguments stand for, or one line about what cannot be used, without its value. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = read(args);
  if (!values) return nothing('expected --from, --to, --schema, each with a value, or --help');
  if (values.help) return { ask: 'help' };
  const [from, to] = [parseDatabaseUrl(values.from), parseDatabaseUrl(values.to)];
  if (from?.kind !== 'sqlite') return nothing('--from: expected sqlite:PATH');
  if (to?.kind !== 'postgres') return nothing('--to: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE');
  if (!SCHEMA_NAME.test(values.schema)) return nothing(`--schema: expected ${SCHEMA_NAME_FORM}`);
  return { ask: 'move', options: { path: from.path, url: to.url, schema: values.schema } };
}

/** Node's own messages quote what was given, which may be a password. */
function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch {
    return undefined;
  }
}

function nothing(message: string): CommandLine {
  return { ask: 'nothing', message };
}
