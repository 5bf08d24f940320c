import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { isTaken } from './judge-rounds';
import type { MixedEvent } from './mixed-batch';
import type { Round } from './play-until-settled';

/** A row of the table: the results of the first call against what UserLeap took of it, and how the retries ended. */
export interface LimitsRow {
  readonly userleap: string;
  readonly events: number;
  readonly 'got 200': number;
  readonly 'got 500': number;
  readonly 'got 400': number;
  readonly 'left out': number;
  readonly taken: number;
  readonly requests: number;
  readonly 'answered 429': number;
  readonly calls: number;
  /** Requests that UserLeap took for one user in the first call, at most. */
  readonly 'most for a user': number;
}

export function limitsRow(userleap: string, batch: readonly MixedEvent[], rounds: readonly Round[]): LimitsRow {
  const { verdicts = [], requests = [] } = rounds[0] ?? {};
  const taken = requests.filter(isTaken);
  const count = (status: number) => verdicts.filter((verdict) => verdict.status === status).length;
  return {
    userleap,
    events: batch.length,
    'got 200': count(200),
    'got 500': count(500),
    'got 400': count(400),
    'left out': batch.filter(({ fate }) => fate === 'left out').length,
    taken: batch.filter(({ isIn }) => taken.some(isIn)).length,
    requests: requests.length,
    'answered 429': requests.filter(({ status }) => status === 429).length,
    calls: rounds.length,
    'most for a user': mostForOneUser(taken),
  };
}

/** Upserts; a look-up is asked only of a user that is to be carried over, a purge names many users. */
function mostForOneUser(taken: readonly RecordedRequest[]): number {
  const requests = new Map<unknown, number>();
  for (const { path, body } of taken) {
    if (path !== '/v2/users') continue;
    const { userId } = body as { readonly userId: unknown };
    requests.set(userId, (requests.get(userId) ?? 0) + 1);
  }
  return Math.max(0, ...requests.values());
}
