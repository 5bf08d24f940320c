import { Logger, run } from 'graphile-worker';
import type { Identify } from '../userleap/identify-of';
import { sendIdentify } from '../userleap/send-identify';

const { DATABASE_URL = '', SCHEMA = '', USERLEAP = '', JOBS_AT_ONCE } = process.env;

// As its own measurements of throughput have it: many jobs are fetched at a time, and many are completed at a time.
const worker = {
  connectionString: DATABASE_URL,
  schema: SCHEMA,
  concurrentJobs: Number(JOBS_AT_ONCE),
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
  logger: new Logger(() => () => undefined),
};
const taskList = { identify: (payload: unknown) => sendIdentify(payload as Identify, USERLEAP) };

process.once('message', () => {
  run({ preset: { worker }, taskList, noHandleSignals: true }).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
// Ends with who has started it.
process.once('disconnect', () => process.exit());
process.send?.('ready');
