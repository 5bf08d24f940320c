import type { Fault } from '@segment-userleap/userleap-sandbox';
import { setTimeout as pause } from 'node:timers/promises';
import { drawFaults, SLOW } from './crash-faults';
import type { SandboxLives } from './crash-lives';
import type { Load } from './crash-load';
import type { SeededRandom } from '@segment-userleap/relay-driver';
import type { MortalRelays } from './crash-relays';
import { countEach } from './crash-report';
import type { CrashRound } from './crash-report';

const HOW = ['at some moment', 'after an answer', 'during start-up', 'at some moment', 'after an answer'];
// Mostly about two seconds; now and then long enough for a request to time out.
const SHORTEST_MS = 300;
const LONGEST_MS = 13_000;
// Of the time that the start before took.
const START_SHARES = { least: 0.1, most: 1.4 };
const MOST_ANSWERS = 200;

interface Stage {
  readonly relays: MortalRelays;
  readonly replicas: number;
  readonly upstream: SandboxLives;
  readonly load: Load;
  readonly random: SeededRandom;
}

/** From the start of the processes that are not there until one is killed. */
export async function playRound(number: number, stage: Stage): Promise<CrashRound> {
  const { relays, replicas, upstream, load, random } = stage;
  const how = HOW[number % HOW.length] ?? '';
  const before = load.acknowledged.length;
  let startedAt = performance.now();
  const drawn = drawFaults(random);
  let faults: readonly Fault[] = [];
  const bring = (some: readonly Fault[]): void => {
    faults = some;
    for (const fault of some) upstream.sandbox.addFault(fault);
  };
  if (how === 'during start-up') {
    bring(drawn);
    const { least, most } = START_SHARES;
    await relays.startAndKill(relays.startMs * (least + random.next() * (most - least)));
  } else {
    await relays.start();
    startedAt = performance.now();
    // A pause that goes on and on would leave nothing to be killed.
    const isPaused = (await relays.admin.destinations()).some(({ state }) => state === 'paused');
    bring(isPaused ? [SLOW] : drawn);
    if (how === 'after an answer')
      for (let left = random.magnitude(1, MOST_ANSWERS); left > 0; left -= 1) await load.nextAnswer();
    else await pause(random.magnitude(SHORTEST_MS, LONGEST_MS));
    await relays.kill(random.between(0, replicas - 1));
  }
  const { requests } = await upstream.end();
  return {
    how,
    seconds: (performance.now() - startedAt) / 1000,
    faults: countEach(faults.map(nameFault).filter((name) => name !== 'slow')),
    acknowledged: load.acknowledged.length - before,
    requests: countEach(requests.map(({ status }) => String(status))),
  };
}

function nameFault({ status, hang, reset }: Fault): string {
  if (hang) return 'hang';
  if (reset) return 'reset';
  return String(status ?? 'slow');
}
