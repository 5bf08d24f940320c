import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { run } from './run';

void run(process.argv.slice(2), process.env, {
  bundleFolder: join(__dirname, '../../../dist/segment-function'),
  timeoutMs: 30_000,
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
  wait: (delayMs) => setTimeout(delayMs),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
