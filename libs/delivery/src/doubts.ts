import { isMisconfiguration, readUserState, reasoned } from '@segment-userleap/mapping';
import { buildLookupRequest, parseUserProfile } from '@segment-userleap/userleap-api';
import type { DeliveryRun, Exchange } from './delivery-run';
import { findArrived, hasEvents } from './find-arrived';
import type { Pending } from './pending';
import { planUpserts } from './plan-upserts';
import { untilApplied } from './until-applied';
import type { Upserts, UserUpserts } from './user-upserts';

/**
 * The events of which nobody knows whether they have reached UserLeap, because whoever sent them ended without hearing the
 * answer. UserLeap is asked before they are sent again. A class of its own, so that a host without doubts does not carry it.
 */
export class Doubts {
  /**
   * `since`: epoch milliseconds since when there is doubt about the event at this place of the list; undefined: none. `toldBefore`: whether it
   * may have been told before that, by a request whose answer was lost.
   */
  constructor(
    private readonly since: (event: number) => number | undefined,
    private readonly toldBefore: (event: number) => boolean = () => false,
  ) {}

  /** Settles what is there already of one user's upserts. Returns what is to be sent: attributes, and what cannot be told. */
  async clear(run: DeliveryRun, user: UserUpserts, upserts: Upserts): Promise<Upserts> {
    const inDoubt = upserts.filter(({ index }) => this.since(index) !== undefined);
    const counted = inDoubt.filter(hasEvents);
    const [first] = counted;
    if (!first) return upserts;
    const { userId } = first.operation;
    // What is shown may be gone a moment later: a Delete that was in flight, too, was sent again.
    if (run.erased.has(userId)) return upserts;
    const waitMs = this.untilShown(inDoubt, run.ports.now());
    const exchange: Exchange =
      waitMs > 0
        ? { kind: 'postponed', outcome: { ...reasoned('retry', 'just_updated'), delayMs: waitMs } }
        : await run.exchange(buildLookupRequest(userId, run.settings), counted, { isOptional: true });
    if (isNotNow(exchange)) {
      user.settleObstructed(counted, exchange);
      return [];
    }
    if (exchange.kind === 'accepted' || exchange.kind === 'unknown_user') await user.noteLookup(exchange);
    const profile = exchange.kind === 'accepted' ? parseUserProfile(exchange.body) : undefined;
    if (!profile) return upserts;
    // An event without a readable time is none that was sent.
    const { events } = readUserState(profile, NaN);
    const arrived = new Set(findArrived(planUpserts(userId, inDoubt), events, ({ index }) => this.toldBefore(index)));
    const done = [...arrived].filter(isToldByEvents);
    if (done.length > 0) await user.settleTaken(done.map((upsert) => ({ upsert, stale: [] })));
    return upserts.flatMap((upsert) => {
      if (!arrived.has(upsert)) return [upsert];
      return isToldByEvents(upsert) ? [] : [withoutEvents(upsert)];
    });
  }

  /** Milliseconds until UserLeap shows all of these that it was told. */
  untilShown(events: readonly Pick<Pending, 'index'>[], now: number): number {
    return Math.max(...events.map(({ index }) => untilApplied(this.since(index), now)));
  }
}

/**
 * A request that was refused is sent in parts: attributes may be missing though the events beside them are there. They are sent
 * again, which counts nothing twice.
 */
function isToldByEvents({ operation }: Upserts[number]): boolean {
  return operation.attributes.size === 0 && operation.emailAddress === undefined && !operation.createsUser;
}

function withoutEvents(upsert: Upserts[number]): Upserts[number] {
  return { ...upsert, operation: { ...upsert.operation, events: [] } };
}

/** Later it can be told. Whatever else keeps UserLeap from telling may do so for good. */
function isNotNow(exchange: Exchange): exchange is Extract<Exchange, { kind: 'postponed' }> {
  return exchange.kind === 'postponed' && !isMisconfiguration(exchange.outcome.reason);
}
