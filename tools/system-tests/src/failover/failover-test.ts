import { setTimeout as pause } from 'node:timers/promises';
import { SeededRandom, until } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { findFates, settledDown } from '../crash/crash-admin';
import { nameUsers } from '../crash/crash-event';
import { Load } from '../crash/crash-load';
import { MortalRelays } from '../crash/crash-relays';
import type { Programs } from './find-programs';
import { FRONTS } from './fronts';
import { ReplicatedPostgres } from './replicated-postgres';

const WRITE_KEY = 'contract-tests-write-key';
const REPLICAS = 3;
// Long enough for connections to find the standby, and to be of no use there.
const READ_ONLY_MS = 3_000;
const BEFORE_MS = 5_000;
const AFTER_MS = 5_000;

/** What came of a fail-over. */
export interface FailoverReport {
  /** From the end of the primary until the standby took writes. */
  readonly promotedMs: number;
  /** From then on until every relay was ready. */
  readonly readyMs: number;
  readonly acknowledged: number;
  /** Message ids that were answered 200, and are unknown or not delivered. */
  readonly lost: readonly string[];
}

/** The primary dies under load while senders go on; some seconds later its synchronous standby takes over. */
export async function runFailover(front: string, programs: Programs): Promise<FailoverReport> {
  const open = FRONTS[front];
  if (!open) throw new Error(`expected one of ${Object.keys(FRONTS).join(', ')}`);
  const pair = await ReplicatedPostgres.start(programs);
  const way = await open(pair, programs);
  const sandbox = await startSandbox({ rateLimit: { requests: 100_000, windowMs: 5_000 } });
  const store = { env: { DATABASE_URL: way.url, RELAY_LEASE: '6s' }, remove: async () => undefined };
  const settings = { apiKey: 'test-api-key', endpoint: sandbox.url };
  const relays = new MortalRelays(store, REPLICAS, [
    { name: 'default', writeKeys: [WRITE_KEY], rateLimit: '100000/5s', settings },
  ]);
  await relays.start();
  const load = new Load({
    url: () => relays.url,
    writeKey: WRITE_KEY,
    users: nameUsers('u', 200),
    senders: 8,
    pauseMs: 20,
    poison: 0,
    random: new SeededRandom(1),
    patienceMs: 30_000,
  });
  try {
    await pause(BEFORE_MS);
    const killedAt = performance.now();
    await pair.killPrimary();
    way.turn();
    await pause(READ_ONLY_MS);
    await pair.promote();
    const promotedAt = performance.now();
    await until('every relay to be ready', () => relays.areReady());
    const readyMs = performance.now() - promotedAt;
    await pause(AFTER_MS);
    await load.stop();
    await relays.admin.resume('default');
    await settledDown(relays.admin);
    const fates = await findFates(relays.admin);
    const isDelivered = (id: string): boolean => fates.get(id)?.every(({ state }) => state === 'delivered') ?? false;
    const lost = load.acknowledged.map(({ messageId }) => messageId).filter((id) => !isDelivered(id));
    return { promotedMs: promotedAt - killedAt, readyMs, acknowledged: load.acknowledged.length, lost };
  } finally {
    load.giveUp();
    await relays.remove();
    await sandbox.close();
    await way.stop();
    await pair.stop();
  }
}
