import type { UserLeapRequest } from '@segment-userleap/userleap-api';
import { monthOf } from '../outbox/counting/calendar';
import type { SentRequest, Turn } from '../outbox/port/turn';
import type { TakenUser, ToldUser } from '../outbox/port/usage';
import { mayBeTaken } from '../outbox/usage/may-be-taken';
import type { MonthlyLimit } from './monthly-limit';

/** Which users of a turn count in their month: since before it, or because of it. */
export class TurnTracking {
  /** The last month of each, as far as it is known. */
  readonly #tracked: Map<string, number>;
  readonly #taken: TakenUser[] = [];

  /** Without a limit nobody is asked: users count when the turn is settled. */
  constructor(
    { lanes }: Pick<Turn, 'lanes'>,
    private readonly limit: Pick<MonthlyLimit, 'admit'> | undefined,
  ) {
    this.#tracked = new Map(lanes.map(({ lane, tracked }) => [lane, tracked ?? 0]));
  }

  /** Why a request must not be sent at this time; undefined: it may. */
  async findObstacle({ upsert }: UserLeapRequest, at: number): Promise<'monthly_limit' | 'out_of_time' | undefined> {
    if (!upsert || !this.limit || this.#isTracked(upsert.userId, at)) return undefined;
    const { userId } = upsert;
    // Where the store cannot be written it is tried again later.
    const admission = await this.limit.admit(userId, at).catch(() => undefined);
    if (!admission) return 'out_of_time';
    if (admission === 'over') return 'monthly_limit';
    if (admission === 'taken') this.#taken.push({ userId, at });
    this.#tracked.set(userId, monthOf(at));
    return undefined;
  }

  /** Whether a request that had no obstacle a moment ago still has none. */
  mayGo({ upsert }: UserLeapRequest, at: number): boolean {
    return !this.limit || !upsert || this.#isTracked(upsert.userId, at);
  }

  /** What a request tells UserLeap of its user; undefined where it tells nothing. */
  tell({ upsert }: UserLeapRequest, sentAt: number): ToldUser | undefined {
    if (!upsert) return undefined;
    const { userId, emailAddress, attributes = {}, events = [] } = upsert;
    const counts = new Map<string, number>();
    for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1);
    return {
      userId,
      isTracked: this.#isTracked(userId, sentAt),
      attributes: Object.keys(attributes).length + (emailAddress === undefined ? 0 : 1),
      events: [...counts],
    };
  }

  /** Users who took a place though UserLeap has certainly taken nothing of theirs. */
  givenBack(requests: readonly SentRequest[]): readonly TakenUser[] {
    return this.#taken.filter(({ userId, at }) => {
      const own = requests.filter(({ told, sentAt }) => told?.userId === userId && monthOf(sentAt) === monthOf(at));
      return !own.some(({ reply }) => mayBeTaken(reply));
    });
  }

  #isTracked(userId: string, at: number): boolean {
    return (this.#tracked.get(userId) ?? 0) >= monthOf(at);
  }
}
