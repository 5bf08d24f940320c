import { ownStore, storeInSchema } from '@segment-userleap/relay-driver';
import { startPooler, startTestPostgres } from '@segment-userleap/test-postgres';
import { parseArgs } from 'node:util';
import { formatReport, formatRound } from './crash-report';
import { runCrashTest } from './crash-test';

const USAGE =
  'expected --rounds and --replicas with a number from 1 on, --seed with a whole number, --store with sqlite or postgres; one relay on sqlite; on postgres --pooler with none, transaction or session';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      store: { type: 'string', default: 'sqlite' },
      replicas: { type: 'string', default: '1' },
      pooler: { type: 'string', default: 'none' },
    },
  });
  const [rounds, seed, replicas] = [Number(values.rounds), Number(values.seed), Number(values.replicas)];
  const { pooler: mode } = values;
  const isMode = mode === 'none' || mode === 'transaction' || mode === 'session';
  const isStore = values.store === 'postgres' || (values.store === 'sqlite' && replicas === 1);
  if (
    ![rounds, replicas].every((count) => Number.isInteger(count) && count > 0) ||
    !Number.isInteger(seed) ||
    !isStore ||
    !isMode ||
    (mode !== 'none' && values.store === 'sqlite')
  ) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  console.log(`crash test: ${rounds} rounds, seed ${seed}, ${values.store}, replicas: ${replicas}`);
  const onRound = (...round: Parameters<typeof formatRound>): void => console.log(formatRound(...round));
  const postgres = values.store === 'postgres' ? await startTestPostgres() : undefined;
  const pooler = postgres && mode !== 'none' ? await startPooler(postgres.url, mode) : undefined;
  const store = postgres ? storeInSchema(postgres.url, pooler?.url) : ownStore();
  const stop = async (): Promise<void> => {
    await pooler?.stop();
    await postgres?.stop();
  };
  const report = await runCrashTest({ rounds, seed, store, replicas, onRound }).finally(stop);
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
