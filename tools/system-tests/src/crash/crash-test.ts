import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { settledDown, findFates } from './crash-admin';
import { nameUsers } from './crash-event';
import { REFUSE_POISON } from './crash-faults';
import { SandboxLives } from './crash-lives';
import { Load } from './crash-load';
import { SeededRandom } from '@segment-userleap/relay-driver';
import { MortalRelay } from './crash-relay';
import type { CrashReport, CrashRound } from './crash-report';
import { playRound } from './crash-round';
import { judge } from './crash-verdict';

const DESTINATION = 'default';
const WRITE_KEY = 'contract-tests-write-key';
const USERS = 40;
const SENDERS = 8;
const PAUSE_MS = 40;
const POISON_SHARE = 0.01;
// Never reached: how the relay keeps to a limit is a test of its own.
const RATE_LIMIT = { requests: 100_000, windowMs: 5_000 };

/**
 * Senders go on sending while the relay is killed so many times, at moments that `seed` draws, and UserLeap fails in
 * between. Then everything may come to its end, and is compared with what the senders were promised.
 */
export async function runCrashTest({
  rounds,
  seed,
  onRound = () => undefined,
}: {
  rounds: number;
  seed: number;
  onRound?: (number: number, round: CrashRound) => void;
}): Promise<CrashReport> {
  // Apart from the load's, whose senders draw as they come: so the same seed plays the same rounds.
  const random = new SeededRandom(seed);
  const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: RATE_LIMIT });
  const relay = new MortalRelay([
    {
      name: DESTINATION,
      writeKeys: [WRITE_KEY],
      rateLimit: `${RATE_LIMIT.requests}/${RATE_LIMIT.windowMs / 1000}s`,
      settings: { apiKey: 'test-api-key', endpoint: sandbox.url },
    },
  ]);
  const upstream = new SandboxLives(sandbox, REFUSE_POISON);
  const load = new Load({
    url: () => relay.url,
    writeKey: WRITE_KEY,
    users: nameUsers('u', USERS),
    senders: SENDERS,
    pauseMs: PAUSE_MS,
    poison: POISON_SHARE,
    random: new SeededRandom(seed),
  });
  try {
    for (let number = 1; number <= rounds; number += 1) {
      onRound(number, await playRound(number, { relay, upstream, load, random }));
    }
    await relay.start();
    await load.stop();
    // UserLeap works again: the next probe, which may be minutes away, is not waited for.
    await relay.admin.resume(DESTINATION);
    await settledDown(relay.admin);
    const fates = await findFates(relay.admin, load.acknowledged);
    await relay.end('SIGTERM');
    await upstream.end();
    return judge(load.acknowledged, fates, upstream.lives);
  } finally {
    await relay.remove();
    await sandbox.close();
  }
}
