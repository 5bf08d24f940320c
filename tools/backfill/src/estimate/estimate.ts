import type { RateLimit } from '@segment-userleap/delivery';
import type {
  CarryOverOperation,
  Mapped,
  Outcome,
  PurgeOperation,
  Settings,
  UpsertOperation,
} from '@segment-userleap/mapping';
import { fitText, judgeEvent, whyInvalid } from '../judge-event';
import type { HistoryItem } from '../read-history';
import { readSettings } from '../read-settings';
import { NOTHING, sumOf } from '../tally';
import type { Tally } from '../tally';
import { HistoryUser } from './history-user';
import { Lane } from './lane';
import { PlayedRelay } from './play-relay';
import type { Drained } from './play-relay';

/** How fast events are handed over, where nobody has measured it: what one relay takes on two cores, cautiously. */
export const EVENTS_PER_SECOND = 8_000;

/** What becomes of events, and why; a reason of none where there is none. */
export interface Fate {
  readonly outcome: Outcome['outcome'] | 'waits';
  readonly reason: string;
  readonly events: number;
}

/** What a history would come to. */
export interface Estimate extends Drained {
  readonly tally: Tally;
  readonly types: ReadonlyMap<string, number>;
  readonly fates: readonly Fate[];
  readonly warnings: ReadonlyMap<string, number>;
  /** Users that UserLeap would be told of. */
  readonly users: number;
  /** Of those whom nothing in the history creates. */
  readonly strangers: number;
  /** By month, such as 2026-01: users with something in it. */
  readonly months: ReadonlyMap<string, number>;
}

type EventItem = Extract<HistoryItem, { kind: 'event' }>;

// What an Alias costs where its old user is there: two look-ups and an upsert.
const CARRY_OVER_REQUESTS = 3;

/** Where the history is to go. */
interface EstimateOptions {
  readonly settings: Settings;
  readonly limit: RateLimit;
  readonly eventsPerSecond?: number;
}

/** Adds up what a history would come to, record by record; of each user a few numbers are kept, of an event nothing. */
export class Estimator {
  #tally: Tally = NOTHING;
  #places = 0;
  #told = 0;
  readonly #types = new Map<string, number>();
  readonly #fates = new Map<string, number>();
  readonly #warnings = new Map<string, number>();
  readonly #users = new Map<string, HistoryUser>();
  readonly #relay: PlayedRelay;
  readonly #createsAny: boolean;

  constructor(
    private readonly options: EstimateOptions,
    private readonly now: number,
  ) {
    const { settings, limit, eventsPerSecond = EVENTS_PER_SECOND } = options;
    this.#createsAny = settings.unknownUsers === 'create';
    this.#relay = new PlayedRelay({ limit, eventsPerSecond, createsAny: this.#createsAny });
  }

  /** Of a destination whose settings are the defaults. */
  static withDefaults(limit: RateLimit, eventsPerSecond?: number): Estimator {
    const speed = eventsPerSecond === undefined ? {} : { eventsPerSecond };
    return new Estimator({ settings: readSettings(undefined), limit, ...speed }, Date.now());
  }

  /** Takes a record. Returns why it is no event, or will be refused; undefined where it is neither. */
  take(item: HistoryItem): { readonly why: string; readonly isHandedOver: boolean } | undefined {
    if (item.kind !== 'event') {
      this.#count(item.kind === 'broken' ? { broken: 1 } : { leftOut: 1 });
      return item.kind === 'broken' ? { why: item.why, isHandedOver: false } : undefined;
    }
    const mapped = judgeEvent(item.event, this.options.settings, this.now);
    const why = whyInvalid(mapped) ?? (fitText(item.text) === undefined ? 'event: too long' : undefined);
    if (why !== undefined) {
      this.#count({ broken: 1 });
      return { why, isHandedOver: false };
    }
    this.#count({ handedOver: 1 });
    add(this.#types, String(item.event.type));
    this.#relay.goTo(this.#places);
    this.#places += 1;
    if (mapped.kind === 'operation') {
      this.#takeOperation(mapped, item);
      return undefined;
    }
    const { outcome, reason, message } = mapped.outcome;
    add(this.#fates, `${outcome} ${reason}`);
    if (outcome !== 'rejected') return undefined;
    this.#count({ refused: 1 });
    return { why: message, isHandedOver: true };
  }

  /** All of them, for instance to erase them. */
  get userIds(): Iterable<string> {
    return this.#users.keys();
  }

  end(): Estimate {
    const all = [...this.#users.values()];
    const known = all.filter(({ isIdentified }) => isIdentified || this.#createsAny);
    const strangers = all.filter(({ isIdentified }) => !isIdentified && !this.#createsAny);
    const fates = new Map(this.#fates);
    add(fates, 'delivered ', callsOf(known) + this.#told);
    add(fates, 'waits unknown_user', callsOf(strangers));
    return {
      ...this.#relay.end(this.#places),
      tally: this.#tally,
      types: this.#types,
      fates: [...fates].flatMap(([fate, events]) => (events > 0 ? [toFate(fate, events)] : [])),
      warnings: this.#warnings,
      users: all.length,
      strangers: strangers.length,
      months: monthsOf(all),
    };
  }

  #takeOperation({ operation, warnings }: Extract<Mapped, { kind: 'operation' }>, item: EventItem): void {
    for (const { code } of warnings) add(this.#warnings, code);
    switch (operation.kind) {
      case 'upsert':
        return this.#takeUpsert(operation, item);
      case 'carry_over':
        return this.#takeAlias(operation, item);
      case 'purge':
        return this.#takeDelete(operation);
    }
  }

  #userOf(userId: string): HistoryUser {
    const user = this.#users.get(userId) ?? new HistoryUser();
    this.#users.set(userId, user);
    return user;
  }

  #takeUpsert({ userId, createsUser, events, at }: UpsertOperation, { text }: EventItem): void {
    const user = this.#userOf(userId);
    user.note(at);
    if (createsUser) user.isIdentified = true;
    this.#relay.accept(user.lane, { place: this.#places, createsUser, events: events.length, bytes: text.length });
  }

  #takeAlias({ userId, previousId }: CarryOverOperation, { text }: EventItem): void {
    const previous = this.#users.get(previousId);
    const isKnown = previous?.isIdentified === true;
    add(this.#fates, isKnown ? 'delivered ' : 'filtered nothing_to_alias');
    const lane = previous?.lane ?? new Lane();
    const call = { place: this.#places, createsUser: false, events: 0, bytes: text.length };
    lane.isAsking = true;
    this.#relay.accept(lane, { ...call, requests: CARRY_OVER_REQUESTS });
    if (!isKnown) return;
    // Carrying over makes the new user known.
    const user = this.#userOf(userId);
    user.isIdentified = true;
    this.#relay.create(user.lane);
  }

  /** What waits before it is not sent any more. */
  #takeDelete({ userId }: PurgeOperation): void {
    const { calls = 0, lane } = this.#users.get(userId) ?? {};
    const dropped = lane?.drop() ?? 0;
    add(this.#fates, 'filtered user_deleted', dropped);
    this.#told += calls - dropped + 1;
    this.#users.delete(userId);
    this.#relay.acceptDelete();
  }

  #count(tally: Partial<Tally>): void {
    this.#tally = sumOf([this.#tally, { ...NOTHING, ...tally }]);
  }
}

function add(counts: Map<string, number>, name: string, count = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function callsOf(users: readonly HistoryUser[]): number {
  return users.reduce((sum, { calls }) => sum + calls, 0);
}

function toFate(text: string, events: number): Fate {
  const [outcome = '', reason = ''] = text.split(' ');
  return { outcome: outcome as Fate['outcome'], reason, events };
}

function monthsOf(users: readonly HistoryUser[]): ReadonlyMap<string, number> {
  const counts = new Map<number, number>();
  for (const { months } of users) {
    const bits = months.toString(2);
    for (let at = bits.indexOf('1'); at >= 0; at = bits.indexOf('1', at + 1)) {
      const month = bits.length - 1 - at;
      counts.set(month, (counts.get(month) ?? 0) + 1);
    }
  }
  const nameOf = (month: number): string =>
    `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  return new Map([...counts].sort(([one], [other]) => one - other).map(([month, count]) => [nameOf(month), count]));
}
