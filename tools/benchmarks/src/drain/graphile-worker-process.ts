import { Logger, run } from 'graphile-worker';
import type { Identify } from './identify-of';
import { sendIdentify } from './send-identify';

const { DATABASE_URL = '', SCHEMA = '', USERLEAP = '' } = process.env;

// As its own measurements of throughput have it.
const worker = {
  connectionString: DATABASE_URL,
  schema: SCHEMA,
  concurrentJobs: 24,
  maxPoolSize: 24,
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
process.send?.('ready');
