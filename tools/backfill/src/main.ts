import { createProgressView } from './progress-view';
import { run } from './run';

const stop = new AbortController();
// The first one lets what is under way come to its end; a second one ends at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

void run(process.argv.slice(2), {
  env: process.env,
  stop: stop.signal,
  createView: () => createProgressView(process.stderr),
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`backfill: unexpected: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
