import { parseArgs } from 'node:util';
import { formatReport } from './fuzz-report';
import { runFuzz } from './fuzz-test';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
    },
  });
  const [requests, seed, from] = [Number(values.requests), Number(values.seed), Number(values.from)];
  if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed) || !Number.isInteger(from)) {
    console.error('expected --requests with a number from 1 on, --seed and --from with a whole number');
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  console.log(`fuzz: ${requests} requests, seed ${seed}`);
  const report = await runFuzz({ requests, seed, from });
  console.log(formatReport(report));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { length } = report.violations;
  console.log(length === 0 ? `every promise was kept, in ${seconds} s` : `promises were broken in ${length} ways`);
  if (length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
