import { makeWorkerUtils } from 'graphile-worker';
import { join } from 'node:path';
import type { StoreEnv } from '../replicas/postgres-store';
import type { Competitor } from './competitor';
import { identifiesOf } from '../userleap/identify-of';
import { startWorker } from './worker-process';

/** So many processes of graphile-worker on one database, a job for each user, and so many jobs at once in each process. */
export function graphileWorker(
  { processes, jobsAtOnce }: { processes: number; jobsAtOnce: number },
  newStore: () => StoreEnv,
): Competitor {
  return {
    name: `graphile-worker × ${processes}`,
    async prepare(users, userLeap) {
      const { DATABASE_URL, RELAY_DATABASE_SCHEMA: SCHEMA } = newStore();
      const utils = await makeWorkerUtils({ connectionString: DATABASE_URL, schema: SCHEMA });
      await utils.migrate();
      await utils.addJobs(identifiesOf(users).map((payload) => ({ identifier: 'identify', payload })));
      await utils.release();
      const script = join(__dirname, 'graphile-worker-process.js');
      const env = { DATABASE_URL, SCHEMA, USERLEAP: userLeap, JOBS_AT_ONCE: String(jobsAtOnce) };
      const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(script, env)));
      return {
        begin: async () => workers.forEach((worker) => worker.begin()),
        end: () => Promise.all(workers.map((worker) => worker.end())),
      };
    },
  };
}
