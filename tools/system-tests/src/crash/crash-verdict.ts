import type { EventFate } from './crash-admin';
import { readDelivered, readRefused } from './crash-arrivals';
import { findDuplicates } from './crash-duplicates';
import type { SentEvent } from './crash-event';
import type { Life } from './crash-lives';
import { findLost } from './crash-lost';
import { findDisorder } from './crash-order';
import type { CrashReport } from './crash-report';

/** Compares what the senders were promised with what UserLeap got and with what the relay says. */
export function judge(
  acknowledged: readonly SentEvent[],
  fates: ReadonlyMap<string, readonly EventFate[]>,
  lives: readonly Life[],
): CrashReport {
  const requests = lives.flatMap((life) => life.requests);
  const delivered = readDelivered(requests);
  const lost = findLost(acknowledged, fates, delivered);
  const disorder = findDisorder(delivered, readRefused(requests));
  const { repeated, wrong } = findDuplicates(lives, acknowledged);
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
      ['of these answered with success', delivered.length],
      ['Tracks counted again after a kill', sum(repeated.map(({ events }) => events))],
      ['users in flight at a kill and counted again, at most', Math.max(...repeated.map(({ users }) => users))],
      ['counted again for another reason', wrong.length],
    ],
    violations: [
      ...lost,
      ...unexpected,
      ...disorder,
      ...wrong,
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
