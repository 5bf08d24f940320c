import Database from 'better-sqlite3';
import { join } from 'node:path';
import { better, defineQueue } from 'plainjob';
import { identifiesOf } from '../userleap/identify-of';
import type { Competitor } from './competitor';
import { startWorker } from './worker-process';

/** A process of plainjob on a file of its own, a job for each user, and so many jobs at once. */
export function plainjob(workers: number, newFolder: () => string): Competitor {
  return {
    name: 'plainjob',
    async prepare(users, userLeap) {
      const path = join(newFolder(), 'jobs.db');
      const queue = defineQueue({ connection: better(new Database(path)) });
      queue.addMany('identify', [...identifiesOf(users)]);
      queue.close();
      const env = { DATABASE_PATH: path, USERLEAP: userLeap, WORKERS: String(workers) };
      const worker = await startWorker(join(__dirname, 'plainjob-process.js'), env);
      return { begin: async () => worker.begin(), end: () => worker.end() };
    },
  };
}
