import type { Connection } from './call-segment';
import { checkKey } from './check-key';
import { cleanText } from './clean-text';
import { deploy } from './deploy';
import { DeployFailure } from './deploy-failure';
import { loadBundle } from './load-bundle';
import { parseCommandLine } from './parse-command-line';
import { parseEnvironment } from './parse-environment';
import { USAGE } from './usage';

/** What the command needs of its surroundings. */
export interface Surroundings {
  readonly bundleFolder: string;
  /** For one call, until all of its answer is there. */
  readonly timeoutMs: number;
  say(text: string): void;
  complain(text: string): void;
  wait(delayMs: number): Promise<void>;
}

/** Runs the command. Its exit code: 0 done, 1 failed or refused, 2 wrong usage. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { bundleFolder, timeoutMs, say, complain, wait }: Surroundings,
): Promise<0 | 1 | 2> {
  const commandLine = parseCommandLine(args);
  if (commandLine.ask === 'help') {
    say(USAGE);
    return 0;
  }
  if (commandLine.ask === 'nothing') {
    complain(`deploy-function: ${commandLine.message}`);
    return 2;
  }
  const environment = parseEnvironment(env);
  if (!environment.ok) {
    complain(`deploy-function: ${environment.message}`);
    return 2;
  }
  const { options } = commandLine;
  const { access } = environment;
  const { apiUrl, token } = access;
  const connection: Connection = { apiUrl, token, timeoutMs, wait, say: (line) => say(cleanText(line, token)) };
  try {
    if (access.userLeap) await checkKey(access.userLeap, timeoutMs, connection.say);
    await deploy(connection, options, await loadBundle(bundleFolder, options.minified));
    return 0;
  } catch (error) {
    const text = error instanceof DeployFailure ? error.message : `unexpected: ${String(error)}`;
    complain(cleanText(`deploy-function: ${text}`, access.token));
    return 1;
  }
}
