import type { ReasonCode } from '@segment-userleap/mapping';
import { addInOrder, addToRows } from '../schema/add-to-rows';
import type { EventCountColumns, EventState, Flag, FlowColumns, Tx } from '../schema/outbox-schema';
import type { WaitingCounts } from '../port/outbox.port';
import { NameTally } from '../names/name-tally';
import { minuteOf } from './minute-of';
import { UsageTally } from './usage-tally';

/** What an event is counted as. */
export interface Kind {
  readonly state: EventState;
  readonly reason: string | null;
  readonly erased?: Flag;
  /** Of what had ended and is taken up again: when it did. */
  readonly settledAt?: number | null;
  /** It had been delivered before, and was replayed. */
  readonly wasSent?: boolean;
}

/** Events that became something else: without `from` they are new, without `to` they are gone. */
export interface Change {
  readonly destination: string;
  readonly type: string;
  readonly from?: Kind;
  readonly to?: Kind;
  /** How many; 1 unless given. */
  readonly count?: number;
}

/** The reason of what is parked, and of nothing else that waits. */
export const PARKED = 'unknown_user' satisfies ReasonCode;

type Counted = Omit<EventCountColumns, 'count'>;
type FlowCounts = Omit<FlowColumns, 'minute' | 'destination'>;

export const NO_FLOW: FlowCounts = { accepted: 0, delivered: 0, filtered: 0, unsupported: 0, rejected: 0, requests: 0 };

/** Why an event needs no request, or none is wanted. */
const SAVED: readonly (string | null)[] = [
  'unchanged',
  'not_sampled',
  'event_denied',
  'event_not_allowed',
  'integration_disabled',
  'no_consent',
] satisfies readonly ReasonCode[];

/** What a transaction has counted so far: of events of each kind, of their names, and of what happened in each minute. */
export class Tally {
  readonly usage = new UsageTally();
  readonly #counts = new Map<string, { readonly counted: Counted; by: number }>();
  readonly #flows = new Map<string, FlowColumns>();
  readonly names = new NameTally();

  /** Counts these changes, and that they happened in the minute of `now`. */
  count(now: number, changes: readonly Change[]): void {
    for (const { destination, type, from, to, count = 1 } of changes) {
      if (from) this.#add(toCounted(destination, type, from), -count);
      if (to) this.#add(toCounted(destination, type, to), count);
      if (!from) this.addToFlow(destination, now, { accepted: count });
      // What waits has not ended, and what is dismissed had ended before.
      if (to && to.state in NO_FLOW && to.state !== from?.state) {
        this.addToFlow(destination, now, { [to.state]: count });
      }
      if (to && isSaved(to) && !to.wasSent && from?.state !== 'filtered') {
        this.usage.addSaved(destination, now, to.reason ?? '');
      }
      // Each event counts once, however often it is replayed, and not if it is sent in the end.
      if (to && from && isSaved(from) && from.settledAt && to.state !== 'filtered' && !from.wasSent) {
        this.usage.addSaved(destination, from.settledAt, from.reason ?? '', -1);
      }
    }
  }

  /** Counts that events wait for something else: nothing that any minute is told of. */
  countWaiting(events: readonly Pick<Change, 'destination' | 'type'>[], from: Kind, to: Kind): void {
    for (const { destination, type } of events) {
      this.#add(toCounted(destination, type, from), -1);
      this.#add(toCounted(destination, type, to), 1);
    }
  }

  /** Adds to what happened at a destination in the minute of `at`. */
  addToFlow(destination: string, at: number, counts: Partial<FlowCounts>): void {
    const minute = minuteOf(at);
    const key = `${minute} ${destination}`;
    const flow = this.#flows.get(key) ?? { minute, destination, ...NO_FLOW };
    for (const [name, by] of Object.entries(counts)) flow[name as keyof FlowCounts] += by;
    this.#flows.set(key, flow);
  }

  /** By how many the events that wait have changed, at these destinations or in all, and those of them that wait for their users. */
  waitingAt(destinations: readonly string[] | undefined): WaitingCounts {
    const sums = { all: 0, parked: 0 };
    for (const { counted, by } of this.#counts.values()) {
      if (counted.state !== 'pending' || destinations?.includes(counted.destination) === false) continue;
      sums.all += by;
      if (counted.reason === PARKED) sums.parked += by;
    }
    return sums;
  }

  /**
   * Keeps what was counted. Counts are shared by all: writing them last, and in one order, keeps the time short that others
   * wait for them, and nobody waits in a circle.
   */
  async write(tx: Tx): Promise<void> {
    const counts = inOrder(this.#counts).filter(([, { by }]) => by !== 0);
    const flows = inOrder(this.#flows).map(([, flow]) => [
      flow.minute,
      flow.destination,
      ...FLOWS.map((name) => flow[name]),
    ]);
    await addInOrder(tx, [
      [ADD_TO_COUNT, counts.map(([, { counted, by }]) => [...COUNTED.map((name) => counted[name]), by])],
      [ADD_TO_FLOW, flows],
      ...this.usage.list(),
    ]);
    await this.names.write(tx);
  }

  #add(counted: Counted, by: number): void {
    const { destination, state, type, reason, erased } = counted;
    const key = `${destination} ${state} ${type} ${reason} ${erased}`;
    const sum = this.#counts.get(key);
    if (sum) sum.by += by;
    else this.#counts.set(key, { counted, by });
  }
}

function isSaved({ state, reason }: Kind): boolean {
  return state === 'filtered' && SAVED.includes(reason);
}

function toCounted(destination: string, type: string, { state, reason, erased = 0 }: Kind): Counted {
  return { destination, state, type, reason: reason ?? '', erased };
}

function inOrder<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

const COUNTED = ['destination', 'state', 'type', 'reason', 'erased'] as const;
const ADD_TO_COUNT = addToRows('event_counts', COUNTED, ['count'], 'text, text, text, text, bigint, bigint');
const FLOWS = Object.keys(NO_FLOW) as readonly (keyof FlowCounts)[];
const ADD_TO_FLOW = addToRows(
  'flow',
  ['minute', 'destination'],
  FLOWS,
  'bigint, text, bigint, bigint, bigint, bigint, bigint, bigint',
);
