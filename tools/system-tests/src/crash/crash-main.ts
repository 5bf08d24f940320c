import { parseArgs } from 'node:util';
import { formatReport, formatRound } from './crash-report';
import { runCrashTest } from './crash-test';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
  });
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
    console.error('expected --rounds with a number from 1 on, --seed with a whole number');
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  console.log(`crash test: ${rounds} rounds, seed ${seed}`);
  const onRound = (...round: Parameters<typeof formatRound>): void => console.log(formatRound(...round));
  const report = await runCrashTest({ rounds, seed, onRound });
  console.log(formatReport(report));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { length } = report.violations;
  console.log(length === 0 ? `every promise was kept, in ${seconds} s` : `${length} times a promise was broken`);
  if (length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
