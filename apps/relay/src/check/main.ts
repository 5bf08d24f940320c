import { runCheck } from './run-check';

const { stdout } = process;

void runCheck(process.env, (text) => stdout.write(`${text}\n`)).then((exitCode) => {
  // Connections to UserLeap that are kept for the next request would keep the process.
  process.exit(exitCode);
});
