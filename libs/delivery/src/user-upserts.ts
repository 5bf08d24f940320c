import { reasoned } from '@segment-userleap/mapping';
import type { Outcome, ReasonCode, Settings, UpsertOperation } from '@segment-userleap/mapping';
import { buildLookupRequest, buildUpsertRequest } from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun, Exchange } from './delivery-run';
import { mergeUpserts } from './merge-upserts';
import type { MergedUpsert } from './merge-upserts';
import type { Pending } from './pending';
import { unknownUserOutcome } from './unknown-user';
import type { News, UserMemory } from './user-memory';

export type Upserts = readonly Pending<UpsertOperation>[];
export type Refusal = Extract<Exchange, { kind: 'refused' }>;
type Upsert = Pick<Upserts[number], 'operation'>;
type Obstacle = Exclude<Exchange, { kind: 'accepted' }>;

/** What becomes of one user's upserts between two barriers, and what UserLeap's answers tell of the user meanwhile. */
export class UserUpserts {
  /** What UserLeap said of the user when it was looked up: not asked again before something creates the user. */
  #obstacle: Obstacle | undefined;
  /** UserLeap has taken something of the user: it does not refuse the user as such. */
  #isTaken = false;
  /** Once no more is sent: what becomes of the rest. */
  #rest: Outcome | undefined;
  readonly #refusedNames: { readonly names: readonly string[]; readonly refusal: Refusal }[] = [];

  constructor(
    private readonly run: DeliveryRun,
    private readonly userId: string,
    private readonly all: Upserts,
    private readonly memory: UserMemory,
  ) {}

  /**
   * Sends upserts in one request, and settles them; returns UserLeap's refusal where there is one, and then leaves them.
   * Those with a name that was refused are not sent; nor is anything once something has to wait, which must not be overtaken.
   */
  async send(upserts: Upserts): Promise<Refusal | undefined> {
    if (this.#rest) return undefined;
    const left = this.rejectRefusedNames(upserts);
    if (left.length === 0) return undefined;
    const obstacle = await this.#findObstacle(left);
    if (obstacle) return this.settleObstructed(left, obstacle);
    const news = left.map((one) => this.memory.newsOf(one));
    const merged = mergeUpserts(
      this.userId,
      news.map(({ upsert }) => upsert),
    );
    const exchange = await this.run.exchange(buildUpsertRequest(merged.upsert, this.run.settings), left);
    if (exchange.kind === 'refused') return exchange;
    if (exchange.kind === 'accepted') await this.settleTaken(news, merged.warnings);
    else {
      if (exchange.kind === 'postponed') await this.noteUncertain(news, exchange.outcome.reason);
      this.settleObstructed(left, exchange);
    }
    return undefined;
  }

  /** UserLeap has taken these, but for what the limit on attributes left out of their request. */
  async settleTaken(news: readonly News[], leftOut: MergedUpsert['warnings'] = new Map()): Promise<void> {
    for (const { upsert, stale } of news) {
      this.run.settle(upsert, DELIVERED, [...stale, ...(leftOut.get(upsert.index) ?? [])]);
    }
    const upserts = news.map(({ upsert }) => upsert);
    await this.run.noteTold(
      this.userId,
      upserts.map(({ operation }) => operation),
    );
    await this.#noteTaken(upserts);
    await this.#noteTold(upserts, leftOut);
  }

  async #noteTold(upserts: Upserts, leftOut: MergedUpsert['warnings']): Promise<void> {
    const telling = upserts.filter(tellsValues);
    if (telling.length === 0) return;
    for (const { index, operation } of telling) {
      const untold = new Set(leftOut.get(index)?.map(({ trait }) => trait));
      const attributes = new Map([...operation.attributes].filter(([name]) => !untold.has(name)));
      this.memory.note({ ...operation, attributes }, index, () => operation.at, this.run.ports.now());
    }
    await this.run.keepMemory(this.userId, this.memory);
  }

  /** Their request came to nothing. It may have been taken though nobody heard of it: what UserLeap has of these values is not known. */
  async noteUncertain(news: readonly News[], reason: ReasonCode): Promise<void> {
    if (NEVER_TAKEN.includes(reason)) return;
    const isDoubted = news.map(({ upsert }) => this.memory.doubt(upsert.operation)).includes(true);
    if (isDoubted) await this.run.keepMemory(this.userId, this.memory);
  }

  reject(upserts: Upserts, { sentence }: Refusal): void {
    this.run.settleAll(upserts, reasoned('rejected', 'refused', sentence));
  }

  /** From now on whatever has all the names of this upsert is rejected unsent: one of them is refused wherever it stands. */
  refuseNames([upsert]: Upserts, refusal: Refusal): void {
    if (upsert) this.#refusedNames.push({ names: namesOf(upsert), refusal });
  }

  /** Rejects those that have refused names. Returns the others. */
  rejectRefusedNames(upserts: Upserts): Upserts {
    return upserts.filter((one) => {
      const hasName = (name: string): boolean => one.operation.events.some(({ event }) => event === name);
      const known = this.#refusedNames.find(({ names }) => names.every(hasName));
      if (known) this.reject([one], known.refusal);
      return !known;
    });
  }

  /**
   * Finds out whether UserLeap refuses the user as such, by an upsert of nothing else: then all the rest is rejected. Not where
   * the next request tells as much, nor where the user would be made though all its Identifies may be refused by themselves.
   */
  async tryAlone(): Promise<void> {
    const left = this.all.filter(({ index }) => !this.run.isSettled(index));
    if (this.#isTaken || this.#rest || left.length < 2) return;
    const { settings, ports } = this.run;
    if (!mayBeCreated(left, settings) && !(await ports.users.isKnown(this.userId))) return;
    const exchange = await this.run.exchange(buildUpsertRequest({ userId: this.userId }, settings), left);
    if (exchange.kind === 'accepted') {
      await this.run.noteTold(this.userId, [{ attributes: new Map(), events: [] }]);
      await this.#noteTaken(left);
    } else if (exchange.kind === 'refused') this.#rest = reasoned('rejected', 'refused', exchange.sentence);
    else this.settleObstructed(left, exchange);
  }

  /** Gives an outcome to all that was not sent. */
  settleRest(): void {
    for (const one of this.all) if (this.#rest && !this.run.isSettled(one.index)) this.run.settle(one, this.#rest);
  }

  async #noteTaken(upserts: Upserts): Promise<void> {
    this.#isTaken = true;
    if (!upserts.some(createsUser)) return;
    this.#obstacle = undefined;
    await this.run.ports.users.remember(this.userId);
  }

  /** What keeps these upserts from being sent: only a known user, or one that they create, may get events. */
  async #findObstacle(upserts: Upserts): Promise<Obstacle | undefined> {
    const { settings, ports } = this.run;
    if (mayBeCreated(upserts, settings)) return undefined;
    // UserLeap has taken something of it a moment ago, an Alias perhaps: a look-up need not show it yet.
    if (this.run.updatesOf(this.userId).length > 0) return undefined;
    if (this.#obstacle) return this.#obstacle;
    if (await ports.users.isKnown(this.userId)) return undefined;
    const exchange = await this.run.exchange(buildLookupRequest(this.userId, settings), upserts);
    await this.noteLookup(exchange);
    return this.#obstacle;
  }

  /** What a look-up of the user came to: nobody need look it up again before something creates it. */
  async noteLookup(exchange: Exchange): Promise<void> {
    if (exchange.kind === 'accepted') await this.run.ports.users.remember(this.userId);
    else this.#obstacle = exchange;
  }

  /** Gives these the outcome of what keeps them from being sent. */
  settleObstructed(upserts: Upserts, obstacle: Obstacle): undefined {
    switch (obstacle.kind) {
      case 'unknown_user': {
        const late = reasoned('rejected', 'unknown_user');
        for (const one of upserts) this.run.settle(one, unknownUserOutcome(this.run, one, late));
        return undefined;
      }
      case 'refused':
        this.reject(upserts, obstacle);
        return undefined;
      case 'postponed':
        this.run.settleAll(upserts, obstacle.outcome);
        this.#rest = obstacle.outcome.outcome === 'retry' ? reasoned('retry', 'waiting_for_earlier') : obstacle.outcome;
        return undefined;
    }
  }
}

// Of requests alone: why an event was in none is a host's affair (the relay's doubts.ts). After `unauthorized` there is needless doubt,
// which costs one request at most.
const NEVER_TAKEN: readonly ReasonCode[] = ['rate_limited', 'out_of_time', 'monthly_limit'];

function tellsValues({ operation }: Pending<UpsertOperation>): boolean {
  return operation.createsUser || operation.attributes.size > 0 || operation.emailAddress !== undefined;
}

/** The names of an operation's events, each once. */
export function namesOf({ operation }: Pending<UpsertOperation>): readonly string[] {
  return [...new Set(operation.events.map(({ event }) => event))];
}

/** Whether one of the upserts may create their user: what has no event and is no Identify creates nobody. */
export function mayBeCreated(upserts: readonly Upsert[], { unknownUsers }: Pick<Settings, 'unknownUsers'>): boolean {
  return upserts.some((one) => createsUser(one) || (unknownUsers === 'create' && one.operation.events.length > 0));
}

function createsUser({ operation }: Upsert): boolean {
  return operation.createsUser;
}
