import type { TestPostgres } from '@segment-userleap/test-postgres';
import { findFates, settledDown } from '../crash/crash-admin';
import { readArrivals, readTaken } from '../crash/crash-arrivals';
import { nameUsers } from '../crash/crash-event';
import { Load } from '../crash/crash-load';
import { findLost } from '../crash/crash-lost';
import { findDisorder } from '../crash/crash-order';
import { SeededRandom } from '@segment-userleap/relay-driver';
import { writeKeyOf } from '../tested-destination';
import { busiestWindow } from './busiest-window';
import { findOverlaps } from './find-overlaps';
import { findLookUps } from './find-look-ups';
import { findRepeated } from './find-repeated';
import { freezeOne, killOne, restartDatabase } from './incident';
import { Replicas } from './replicas';

const DESTINATION = 'shared';
export const LEASE_MS = 6_000;
/** Which the load reaches. */
export const LIMIT = { requests: 72, windowMs: 10_000 };
/**
 * Less than a lease without the time between two heart-beats, so that what a frozen replica has sent is over when others
 * take over. So long that under this limit every replica is busy, also on a slow machine.
 */
export const ANSWER_MS = 4_000;
const ALONE_MS = LEASE_MS;
const FROZEN_MS = 1.5 * LEASE_MS;
// Twice as many users a second as requests may go out. More would show nothing else and keep the machine busy.
const LOAD = { users: nameUsers('u', 40), senders: 4, pauseMs: 400, poison: 0 };
// A load balancer's: a call that takes longer goes to the next replica.
const PATIENCE_MS = 1_000;

export interface IncidentsResult {
  readonly events: number;
  readonly requests: number;
  readonly rateLimited: number;
  /** The most requests that counted at a time: each does until a window after its answer. */
  readonly mostCounted: number;
  /** After how many milliseconds others looked up whom the killed replica had in flight, by user. */
  readonly afterKill: readonly number[];
  readonly afterFreeze: readonly number[];
  /** A sentence for each event that is lost, came out of order or again, and each lane that was in flight twice. */
  readonly wrong: readonly string[];
  /** What the replicas logged. */
  readonly log: string;
}

/** Under load one replica is killed and started again, another frozen for longer than its lease, and the database restarted. */
export async function runIncidents(postgres: TestPostgres): Promise<IncidentsResult> {
  const lease = `${LEASE_MS / 1000}s`;
  const common = { database: postgres.url, schema: 'incidents', lease, limit: LIMIT };
  const replicas = await Replicas.start({ ...common, destinations: [DESTINATION] });
  const { sandbox } = replicas.of(DESTINATION);
  sandbox.addFault({ delayMs: ANSWER_MS, times: Number.MAX_SAFE_INTEGER });
  const url = (): string => replicas.nextUrl();
  const random = new SeededRandom(1);
  const load = new Load({ ...LOAD, url, random, writeKey: writeKeyOf(DESTINATION), patienceMs: PATIENCE_MS });
  try {
    const kill = await killOne(replicas, 1, sandbox, ALONE_MS);
    const freeze = await freezeOne(replicas, 2, sandbox, FROZEN_MS);
    const restart = await restartDatabase(postgres, sandbox, load);
    await load.stop();
    const admin = replicas.adminOf(0);
    await settledDown(admin);
    const sent = load.acknowledged;
    const fates = await findFates(admin);
    const requests = sandbox.requests();
    const arrivals = readArrivals(requests);
    const { after, wrong } = findLookUps(requests, arrivals, [kill, freeze, restart]);
    return {
      events: sent.length,
      requests: requests.length,
      rateLimited: requests.filter(({ rateLimited }) => rateLimited).length,
      mostCounted: busiestWindow(requests, LIMIT.windowMs + ANSWER_MS),
      afterKill: after.get(kill) ?? [],
      afterFreeze: after.get(freeze) ?? [],
      wrong: [
        ...findLost(sent, fates, readTaken(requests)),
        ...findDisorder(arrivals),
        ...findOverlaps(arrivals),
        ...findRepeated(readTaken(requests)),
        ...wrong,
      ],
      log: replicas.output(),
    };
  } finally {
    load.giveUp();
    await replicas.stop();
  }
}
