import { ownStore, storeInSchema } from '@segment-userleap/relay-driver';
import { startTestPostgres } from '@segment-userleap/test-postgres';
import { parseArgs } from 'node:util';
import { formatReport, formatRound } from './crash-report';
import { runCrashTest } from './crash-test';

const USAGE =
  'expected --rounds and --replicas with a number from 1 on, --seed with a whole number, --store with sqlite or postgres; one relay on sqlite';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      store: { type: 'string', default: 'sqlite' },
      replicas: { type: 'string', default: '1' },
    },
  });
  const [rounds, seed, replicas] = [Number(values.rounds), Number(values.seed), Number(values.replicas)];
  const isStore = values.store === 'postgres' || (values.store === 'sqlite' && replicas === 1);
  if (
    ![rounds, replicas].every((count) => Number.isInteger(count) && count > 0) ||
    !Number.isInteger(seed) ||
    !isStore
  ) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  console.log(`crash test: ${rounds} rounds, seed ${seed}, ${values.store}, replicas: ${replicas}`);
  const onRound = (...round: Parameters<typeof formatRound>): void => console.log(formatRound(...round));
  const postgres = values.store === 'postgres' ? await startTestPostgres() : undefined;
  const store = postgres ? storeInSchema(postgres.url) : ownStore();
  const report = await runCrashTest({ rounds, seed, store, replicas, onRound }).finally(() => postgres?.stop());
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
