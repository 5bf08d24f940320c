import type { BulkRequest, UserLeapRequest, UserUpsert } from '@segment-userleap/userleap-api';
import { monthOf } from '../outbox/counting/calendar';
import type { SentRequest, Turn } from '../outbox/port/turn';
import type { TakenUser, ToldUser } from '../outbox/port/usage';
import { mayBeTaken } from '../outbox/usage/may-be-taken';
import { toldOf } from '../outbox/usage/told-of';
import type { MonthlyLimit } from './monthly-limit';

type AnyRequest = UserLeapRequest | BulkRequest;
type Obstacle = 'monthly_limit' | 'out_of_time';

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

  /** Why a request must not be sent at this time; undefined: it may. Of many users those have to be admitted before. */
  async findObstacle(request: AnyRequest, at: number): Promise<Obstacle | undefined> {
    if (request.kind === 'bulk') return this.mayGo(request, at) ? undefined : 'out_of_time';
    return request.upsert && this.#admit(request.upsert.userId, at);
  }

  /** Those of the users of whom something may be told at this time. */
  async admitted(users: readonly string[], at: number): Promise<ReadonlySet<string>> {
    const obstacles = await Promise.all(users.map((userId) => this.#admit(userId, at)));
    return new Set(users.filter((_, index) => obstacles[index] === undefined));
  }

  /** Whether a request that had no obstacle a moment ago still has none. */
  mayGo(request: AnyRequest, at: number): boolean {
    return !this.limit || upsertsOf(request).every(({ userId }) => this.#isTracked(userId, at));
  }

  /** What a request tells UserLeap of its user, or of many; nothing where it tells nothing. */
  tell(request: AnyRequest, sentAt: number): Pick<SentRequest, 'told' | 'toldMany'> {
    const users = upsertsOf(request).map((upsert) => this.#tellOf(upsert, sentAt));
    if (request.kind === 'bulk') return { toldMany: users };
    const [told] = users;
    return told ? { told } : {};
  }

  /** Users who took a place though UserLeap has certainly taken nothing of theirs. */
  givenBack(requests: readonly SentRequest[]): readonly TakenUser[] {
    const sent = requests
      .filter(({ reply }) => mayBeTaken(reply))
      .map((request) => ({
        users: new Set(toldOf(request).map(({ userId }) => userId)),
        month: monthOf(request.sentAt),
      }));
    return this.#taken.filter(
      ({ userId, at }) => !sent.some(({ users, month }) => users.has(userId) && month === monthOf(at)),
    );
  }

  async #admit(userId: string, at: number): Promise<Obstacle | undefined> {
    if (!this.limit || this.#isTracked(userId, at)) return undefined;
    // Where the store cannot be written it is tried again later.
    const admission = await this.limit.admit(userId, at).catch(() => undefined);
    if (!admission) return 'out_of_time';
    if (admission === 'over') return 'monthly_limit';
    if (admission === 'taken') this.#taken.push({ userId, at });
    this.#tracked.set(userId, monthOf(at));
    return undefined;
  }

  #tellOf({ userId, emailAddress, attributes = {}, events = [] }: UserUpsert, sentAt: number): ToldUser {
    const counts = new Map<string, number>();
    for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1);
    return {
      userId,
      isTracked: this.#isTracked(userId, sentAt),
      attributes: Object.keys(attributes).length + (emailAddress === undefined ? 0 : 1),
      events: [...counts],
    };
  }

  #isTracked(userId: string, at: number): boolean {
    return (this.#tracked.get(userId) ?? 0) >= monthOf(at);
  }
}

function upsertsOf(request: AnyRequest): readonly UserUpsert[] {
  if (request.kind === 'bulk') return request.upserts;
  return request.upsert ? [request.upsert] : [];
}
