import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { settledDown, findFates } from './crash-admin';
import { nameUsers } from './crash-event';
import { REFUSE_POISON } from './crash-faults';
import { SandboxLives } from './crash-lives';
import { Load } from './crash-load';
import { SeededRandom, until } from '@segment-userleap/relay-driver';
import type { OwnStore } from '@segment-userleap/relay-driver';
import { MortalRelays } from './crash-relays';
import type { CrashReport, CrashRound } from './crash-report';
import { playRound } from './crash-round';
import { judge } from './crash-verdict';

const DESTINATION = 'default';
const WRITE_KEY = 'contract-tests-write-key';
// More than can be in flight at a time.
const USERS = 600;
const SENDERS = 8;
const PAUSE_MS = 40;
const POISON_SHARE = 0.01;
// Never reached: how the relay keeps to a limit is a test of its own.
const RATE_LIMIT = { requests: 100_000, windowMs: 5_000 };
// Much longer than an answer takes, and shorter than a lease without the time between two heart-beats (own-store.ts).
const KEEP_MS = 3_000;

interface CrashTest {
  readonly rounds: number;
  readonly seed: number;
  readonly store: OwnStore;
  /** How many relays share the store; one of them is killed at a time. */
  readonly replicas?: number;
  readonly onRound?: (number: number, round: CrashRound) => void;
}

/**
 * Senders go on sending while the relay is killed so many times, at moments that `seed` draws, and UserLeap fails in
 * between. Then everything may come to its end, and is compared with what the senders were promised.
 */
export async function runCrashTest(test: CrashTest): Promise<CrashReport> {
  const { rounds, seed, store, replicas = 1, onRound = () => undefined } = test;
  // Apart from the load's, whose senders draw as they come: so the same seed plays the same rounds.
  const random = new SeededRandom(seed);
  const sandbox = await startSandbox({ rateLimit: RATE_LIMIT, maxRecordedRequests: Number.MAX_SAFE_INTEGER });
  const relays = new MortalRelays(store, replicas, [
    {
      name: DESTINATION,
      writeKeys: [WRITE_KEY],
      rateLimit: `${RATE_LIMIT.requests}/${RATE_LIMIT.windowMs / 1000}s`,
      settings: { apiKey: 'test-api-key', endpoint: sandbox.url },
    },
  ]);
  const upstream = new SandboxLives(sandbox, REFUSE_POISON);
  const load = new Load({
    url: () => relays.url,
    writeKey: WRITE_KEY,
    users: nameUsers('u', USERS),
    senders: SENDERS,
    pauseMs: PAUSE_MS,
    poison: POISON_SHARE,
    random: new SeededRandom(seed),
  });
  try {
    for (let number = 1; number <= rounds; number += 1) {
      onRound(number, await playRound(number, { relays, replicas, upstream, load, random }));
    }
    await relays.start();
    await load.stop();
    // UserLeap works again: the next probe, which may be minutes away, is not waited for.
    await relays.admin.resume(DESTINATION);
    await settledDown(relays.admin);
    const fates = await findFates(relays.admin);
    await relays.end('SIGTERM');
    await upstream.end();
    await until('UserLeap to show all that it took', () => sandbox.unapplied() === 0 || undefined);
    const played = { acknowledged: load.acknowledged, fates, lives: upstream.lives, users: sandbox.users() };
    return judge(played, replicas > 1 ? KEEP_MS : 0);
  } finally {
    load.giveUp();
    await relays.remove();
    await sandbox.close();
  }
}
