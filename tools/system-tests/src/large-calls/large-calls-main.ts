import { parseArgs } from 'node:util';
import { runLargeCalls } from './large-calls';
import type { ShapeResult } from './large-calls';
import { limitMemory } from './limited-memory';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '120' },
      megabytes: { type: 'string', default: '512' },
      only: { type: 'string', default: '' },
    },
  });
  const [calls, seconds, megabytes] = [Number(values.calls), Number(values.seconds), Number(values.megabytes)];
  if (![calls, seconds, megabytes].every((number) => Number.isInteger(number) && number > 0)) {
    console.error('expected --calls, --seconds and --megabytes with a whole number from 1 on');
    process.exitCode = 2;
    return;
  }
  const memory = limitMemory(megabytes * 1024 * 1024);
  const limit = memory ? `in ${megabytes} MB` : 'without a limit of memory: none can be set here';
  console.log(`large calls: ${calls} of each shape, or as many as ${seconds} s allow, ${limit}`);
  console.log(format(['shape', '200', '503', 'seconds', 'peak MB', 'after restart']));
  const options = { calls, seconds, only: [values.only], ...(memory ? { launcher: memory.launcher } : {}) };
  const results = await runLargeCalls({ ...options, onShape: (result) => console.log(format(cellsOf(result))) });
  memory?.remove();
  const violations = results.flatMap((result) => result.violations);
  for (const sentence of violations) console.log(`broken: ${sentence}`);
  if (violations.length > 0) process.exitCode = 1;
}

function cellsOf({ name, taken, turnedAway, seconds, peak, peakAfterRestart }: ShapeResult): readonly string[] {
  const megabytes = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '-' : value.toFixed(0);
  return [name, `${taken}`, `${turnedAway}`, seconds.toFixed(0), megabytes(peak), megabytes(peakAfterRestart)];
}

function format([name = '', ...cells]: readonly string[]): string {
  return [name.padEnd(40), ...cells.map((cell) => cell.padStart(13))].join(' ');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
