import { InputError } from './input-error';
import { parseCommandLine } from './parse-command-line';
import { runDryRun } from './run-dry-run';
import { runHandOver } from './run-hand-over';
import type { Surroundings } from './surroundings';
import { USAGE } from './usage';

/** Runs the command. Its exit code: 0 all is handed over, 1 not all, 2 an argument cannot be used. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { say, complain } = surroundings;
  const commandLine = parseCommandLine(args, surroundings.env);
  switch (commandLine.ask) {
    case 'help':
      say(USAGE);
      return 0;
    case 'nothing':
      complain(`backfill: ${commandLine.message}\n\n${USAGE}`);
      return 2;
    default:
  }
  try {
    return commandLine.ask === 'dry run'
      ? await runDryRun(commandLine, surroundings)
      : await runHandOver(commandLine, surroundings);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    complain(`backfill: ${error.message}`);
    return 2;
  }
}
