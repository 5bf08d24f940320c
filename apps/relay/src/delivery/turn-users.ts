import type { Secret, UsersPort } from '@segment-userleap/delivery';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { Learnt, Turn } from '../outbox/port/turn';

/** What a turn knows of users: what the store knows, and what was learnt and told since, which is kept when the turn ends. */
export class TurnUsers implements UsersPort {
  readonly learnt: Learnt[] = [];
  /** What UserLeap was told of users, by now. */
  readonly memories = new Map<string, Uint8Array>();
  /** UserLeap has taken something in this turn. */
  isAnswered = false;

  /** What was learnt last. */
  readonly #news = new Map<string, Learnt[1]>();
  readonly #known: ReadonlySet<string>;
  readonly #kept: ReadonlyMap<string, Uint8Array | undefined>;

  constructor(
    { lanes }: Pick<Turn, 'lanes'>,
    private readonly environment: string,
    readonly secret: Secret,
    private readonly outbox: Pick<OutboxPort, 'isKnownUser' | 'loadMemory' | 'lastDelivered' | 'hasAnswered'>,
  ) {
    this.#kept = new Map(lanes.map(({ lane, memory }) => [lane, memory ?? undefined]));
    this.#known = new Set(lanes.filter(({ isKnown }) => isKnown).map(({ lane }) => lane));
  }

  async isKnown(userId: string): Promise<boolean> {
    const news = this.newsOf(userId);
    if (news) return news === 'known';
    if (this.#known.has(userId)) return true;
    // Where the store cannot be read, a look-up tells.
    return this.outbox.isKnownUser(this.environment, userId).catch(() => false);
  }

  async remember(userId: string): Promise<void> {
    // Each is written down when the turn ends: once will do.
    const isKept = this.newsOf(userId) === undefined && this.#known.has(userId);
    if (!isKept && this.newsOf(userId) !== 'known') this.#learn(userId, 'known');
  }

  async erased(userId: string): Promise<void> {
    this.#learn(userId, 'erased');
    this.memories.delete(userId);
  }

  async loadMemory(userId: string): Promise<Uint8Array | undefined> {
    if (this.newsOf(userId) === 'erased') return undefined;
    if (this.#kept.has(userId)) return this.#kept.get(userId);
    // Where the store cannot be read, all is told again.
    return this.outbox.loadMemory(this.environment, userId).catch(() => undefined);
  }

  async keepMemory(userId: string, memory: Uint8Array): Promise<void> {
    this.memories.set(userId, memory);
  }

  async lastTold(userId: string): Promise<number | undefined> {
    return this.outbox.lastDelivered(this.environment, userId).catch(() => undefined);
  }

  async hasAnswered(): Promise<boolean> {
    // Where the store cannot be read, a Delete waits.
    return this.isAnswered || this.outbox.hasAnswered(this.environment).catch(() => false);
  }

  async answered(): Promise<void> {
    this.isAnswered = true;
  }

  private newsOf(userId: string): Learnt[1] | undefined {
    return this.#news.get(userId);
  }

  #learn(userId: string, news: Learnt[1]): void {
    this.learnt.push([userId, news]);
    this.#news.set(userId, news);
  }
}
