import { existsSync } from 'node:fs';
import { openPostgresToMove } from '../outbox/postgres/open-postgres';
import { openSqliteToMove } from '../outbox/sqlite/open-sqlite';
import { describeFailure } from './describe-failure';
import { MoveRefused } from './move-refused';
import { moveStore } from './move-store';
import { parseCommandLine } from './parse-command-line';
import type { MoveOptions } from './parse-command-line';
import { Progress } from './progress';
import type { Screen } from './progress';
import { USAGE } from './usage';

// Counting a large table takes minutes.
const LONGEST_STATEMENT_MS = 600_000;

/** Runs the command; what went wrong goes to `complain`. Its exit code: 0 moved, 1 not, 2 wrong arguments. */
export async function run(
  args: readonly string[],
  screen: Screen,
  complain: (text: string) => void,
): Promise<0 | 1 | 2> {
  const commandLine = parseCommandLine(args);
  const progress = new Progress(screen);
  if (commandLine.ask === 'help') {
    progress.say(USAGE);
    return 0;
  }
  if (commandLine.ask === 'nothing') {
    complain(`migrate-store: ${commandLine.message}`);
    return 2;
  }
  try {
    progress.say(await move(commandLine.options, progress));
    return 0;
  } catch (error) {
    complain(`migrate-store: ${describeFailure(error)}`);
    return 1;
  }
}

async function move({ path, url, schema }: MoveOptions, progress: Progress): Promise<string> {
  // Opening would make it.
  if (!existsSync(path)) throw new MoveRefused('--from: there is no such file');
  const source = await openSqliteToMove(path);
  try {
    const limits = { connections: 2, statementTimeoutMs: LONGEST_STATEMENT_MS, leaseMs: LONGEST_STATEMENT_MS };
    const target = await openPostgresToMove({ url, schema, ...limits });
    try {
      const isNew = await moveStore(source, target, progress);
      return isNew ? MOVED : 'This store was moved to this database already.';
    } finally {
      await target.destroy();
    }
  } finally {
    await source.destroy();
  }
}

const MOVED = `Moved, and both hold the same. Set DATABASE_URL to the database, and start the relay. It does not start on the SQLite
file any more; remove the file when you need it no longer.`;
