import Database from 'better-sqlite3';
import { better, defineQueue, defineWorker } from 'plainjob';
import type { Identify } from '../userleap/identify-of';
import { sendIdentify } from '../userleap/send-identify';

const { DATABASE_PATH = '', USERLEAP = '', WORKERS } = process.env;
const SILENT = { error: console.error, warn: console.warn, info: () => undefined, debug: () => undefined };

const database = new Database(DATABASE_PATH);
const queue = defineQueue({ connection: better(database), logger: SILENT });
// Opening a queue lowers it to NORMAL, with which the last jobs that were done are forgotten when the power fails.
database.pragma('synchronous = FULL');
// A worker has one job at a time.
const workers = Array.from({ length: Number(WORKERS) }, () =>
  defineWorker('identify', ({ data }) => sendIdentify(JSON.parse(data) as Identify, USERLEAP), {
    queue,
    logger: SILENT,
  }),
);

process.once('message', () => workers.forEach((worker) => void worker.start()));
// Ends with who has started it.
process.once('disconnect', () => process.exit());
process.send?.('ready');
