import type { EventFate } from './crash-admin';
import { readRefused, readTaken } from './crash-arrivals';
import { compareCounts } from './crash-counts';
import type { SentEvent } from './crash-event';
import type { Life } from './crash-lives';
import { findLost } from './crash-lost';
import { findDisorder } from './crash-order';
import type { CrashReport } from './crash-report';
import type { SandboxUser } from '@segment-userleap/userleap-sandbox';

/** Of what was in flight at the kills; the rest cannot be told. */
const MOST_TWICE = 0.02;
// A refused request that is killed between its parts is more than that share of a few rounds.
const FEW = 20;

/** What the senders were promised, what the relay says became of it, and what UserLeap saw and has in the end. */
interface Played {
  readonly acknowledged: readonly SentEvent[];
  readonly fates: ReadonlyMap<string, readonly EventFate[]>;
  readonly lives: readonly Life[];
  readonly users: readonly SandboxUser[];
}

/** Compares them. `keepMs`: as `compareCounts` has it. */
export function judge(played: Played, keepMs: number): CrashReport {
  const { acknowledged, fates, lives } = played;
  const requests = lives.flatMap((life) => life.requests);
  const taken = readTaken(requests);
  const lost = findLost(acknowledged, fates, taken);
  const disorder = findDisorder(taken, readRefused(requests));
  const { inFlight, twice, wrong } = compareCounts(played, keepMs);
  const unexpected = findUnexpected(acknowledged, fates);
  const limited = requests.filter(({ rateLimited }) => rateLimited).length;
  return {
    summary: [
      ['kills', lives.length - 1],
      ['events acknowledged', acknowledged.length],
      ['of these delivered', countState(fates, 'delivered')],
      ['of these dead letters with a reason', countState(fates, 'rejected')],
      ['lost, or with a wrong end', lost.length],
      ['out of order', disorder.length],
      ['requests to UserLeap', requests.length],
      ['of these upserts that UserLeap took', taken.length],
      ['of these look-ups', requests.filter(({ method }) => method === 'GET').length],
      ['events in flight at the kills', inFlight],
      ['events that UserLeap counted twice', twice],
      ['counted wrongly for another reason', wrong.length],
    ],
    violations: [
      ...lost,
      ...unexpected,
      ...disorder,
      ...wrong,
      ...(twice > Math.max(FEW, inFlight * MOST_TWICE)
        ? [`${twice} events were counted twice, of ${inFlight} in flight at the kills`]
        : []),
      ...(limited > 0 ? [`${limited} requests were over the rate limit`] : []),
    ],
  };
}

/** What the relay has and nobody sent. */
function findUnexpected(
  acknowledged: readonly SentEvent[],
  fates: ReadonlyMap<string, readonly EventFate[]>,
): readonly string[] {
  const sent = new Set(acknowledged.map(({ messageId }) => messageId));
  return [...fates.keys()].filter((id) => !sent.has(id)).map((id) => `${id} is in the relay and was never sent`);
}

function countState(fates: ReadonlyMap<string, readonly EventFate[]>, state: string): number {
  return [...fates.values()].flat().filter((fate) => fate.state === state).length;
}
