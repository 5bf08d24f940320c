import { run } from './run';

const { stdout, stderr } = process;

void run(process.argv.slice(2), { isTerminal: stdout.isTTY, write: (text) => stdout.write(text) }, (text) =>
  stderr.write(`${text}\n`),
).then((exitCode) => {
  process.exitCode = exitCode;
});
