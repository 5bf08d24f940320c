import { InFlightLimit, lookUpAgainAfter, LookUpShare, TurnMemory } from '@segment-userleap/delivery';
import type { RateLimit } from '@segment-userleap/delivery';
import { MAX_PURGED_USERS } from '@segment-userleap/userleap-api';
import { Heap } from './heap';
import type { Lane, LaneCall } from './lane';
import { PlayedBudget } from './played-budget';

/** How what is handed over goes out. */
export interface Drained {
  readonly requests: number;
  /** Of users whom nothing creates. */
  readonly lookUps: number;
  /** From the beginning of the hand-over until all is delivered that can be. */
  readonly ms: number;
}

interface PlayOptions {
  readonly limit: RateLimit;
  /** How fast it is handed over. */
  readonly eventsPerSecond: number;
  /** Any event creates its user. */
  readonly createsAny: boolean;
}

interface TurnInFlight {
  /** Undefined: Deletes. */
  readonly lane: Lane | undefined;
  readonly isLookUp: boolean;
  /** How many requests are still to go. */
  left: number;
  /** When it goes on: because it is answered, or has a place. */
  at: number;
  isSent: boolean;
  free(): void;
}

// How long UserLeap takes to answer, as a rule.
const ANSWER_MS = 100;
const ANSWER = { status: 202, headers: {}, body: '' };
// Of a hand-over: what comes together.
const CALLS_AT_ONCE = 1_000;

/**
 * Plays how the relay sends what is handed over, by the relay's own rules (docs/delivery.md): the user whose oldest event is oldest
 * goes first, with all that waits for it by then. Nothing fails, and nothing else is sent.
 */
export class PlayedRelay {
  readonly #budget: PlayedBudget;
  readonly #limit: InFlightLimit;
  readonly #memory = new TurnMemory();
  readonly #lookUpShare = new LookUpShare();
  readonly #ready = new Heap<Lane>(({ oldest }) => oldest);
  readonly #asking = new Heap<{ readonly lane: Lane; readonly at: number }>(({ at }) => at);
  readonly #inFlight = new Heap<TurnInFlight>(({ at }) => at);
  #deletes = 0;
  #isPurging = false;
  #now = 0;
  /** When the last answer came that something was delivered by. */
  #deliveredAt = 0;
  #deliveries = 0;
  #requests = 0;
  #lookUps = 0;

  constructor(private readonly options: PlayOptions) {
    this.#budget = new PlayedBudget(options.limit);
    this.#limit = new InFlightLimit(options.limit);
  }

  /** The next call of the history, whatever it is, is handed over. */
  goTo(place: number): void {
    if (place % CALLS_AT_ONCE === 0) this.#run((place / this.options.eventsPerSecond) * 1000);
  }

  accept(lane: Lane, call: LaneCall): void {
    const isNew = lane.waiting === 0;
    lane.add(call);
    if (lane.isParked ? lane.isCreated : isNew && !lane.isInFlight) this.#makeReady(lane);
  }

  /** An Alias has made it known. */
  create(lane: Lane): void {
    lane.isCreated = true;
    if (lane.isParked) this.#makeReady(lane);
  }

  acceptDelete(): void {
    this.#deletes += 1;
  }

  /** All is handed over, so many calls. */
  end(places: number): Drained {
    this.#run(Infinity);
    const handedOverAt = (places / this.options.eventsPerSecond) * 1000;
    return { requests: this.#requests, lookUps: this.#lookUps, ms: Math.max(this.#deliveredAt, handedOverAt) };
  }

  #makeReady(lane: Lane): void {
    lane.isParked = false;
    if (lane.waiting > 0) this.#ready.push(lane);
  }

  #run(until: number): void {
    for (;;) {
      const at = Math.min(this.#begin(), this.#inFlight.first?.at ?? Infinity);
      const isOver = this.#ready.size === 0 && this.#deliveries === 0 && this.#deletes === 0;
      if (at >= until || (until === Infinity && isOver)) break;
      this.#now = at;
      while ((this.#inFlight.first?.at ?? Infinity) <= at) this.#goOn(this.#inFlight.pop());
    }
    if (until < Infinity) this.#now = until;
  }

  /** Begins what may go now. Returns when to look again, if nothing happens before. */
  #begin(): number {
    while (this.#inFlight.size < this.#limit.requests - this.#limit.live) {
      if (this.#deletes > 0 && !this.#isPurging) {
        this.#purge();
        continue;
      }
      const plan = this.#budget.plan(this.#now);
      if (plan.count === 0) return this.#ready.size + this.#asking.size > 0 ? plan.nextAt : Infinity;
      const room = this.#memory.take(this.#inFlight.size === 0, () => undefined);
      if (!room) return Infinity;
      const lane = this.#choose();
      if (!lane) {
        room.narrow(0);
        return this.#asking.first?.at ?? Infinity;
      }
      this.#lookUpShare.note([{ lanes: [lane] }]);
      const isLookUp = !this.#isDeliverable(lane);
      const turn = isLookUp ? { requests: 1, bytes: 0 } : lane.take();
      room.narrow(turn.bytes);
      lane.isInFlight = true;
      lane.isParked = isLookUp;
      lane.isAsking = false;
      if (!isLookUp) this.#deliveries += 1;
      this.#send({
        lane,
        isLookUp,
        left: turn.requests,
        at: this.#now,
        isSent: false,
        free: () => room.free(turn.bytes),
      });
    }
    return Infinity;
  }

  /** The lane that goes next: a look-up where it is its turn, or where nothing can be delivered. */
  #choose(): Lane | undefined {
    const first = this.#lookUpShare.of(1) > 0 ? this.#chooseLookUp() : undefined;
    if (first) return first;
    for (let lane = this.#ready.pop(); lane; lane = this.#ready.pop()) {
      if (lane.waiting === 0) continue;
      if (this.#isDeliverable(lane) || lane.isAsking) return lane;
      this.#park(lane, Math.max(lane.lookUpAt, this.#now));
    }
    return this.#chooseLookUp();
  }

  #isDeliverable(lane: Lane): boolean {
    return lane.isCreated || this.options.createsAny;
  }

  #chooseLookUp(): Lane | undefined {
    while ((this.#asking.first?.at ?? Infinity) <= this.#now) {
      const asking = this.#asking.pop();
      if (asking?.lane.isParked && asking.at === asking.lane.lookUpAt) return asking.lane;
    }
    return undefined;
  }

  #park(lane: Lane, at: number): void {
    lane.isParked = true;
    lane.lookUpAt = at;
    this.#asking.push({ lane, at });
  }

  /** Deletes have a part of the limit that a backfill has not. */
  #purge(): void {
    this.#deletes -= Math.min(MAX_PURGED_USERS, this.#deletes);
    this.#isPurging = true;
    this.#deliveries += 1;
    this.#send({ lane: undefined, isLookUp: false, left: 1, at: this.#now, isSent: false, free: () => undefined });
  }

  #goOn(turn: TurnInFlight | undefined): void {
    if (!turn) return;
    if (turn.isSent) this.#limit.note(ANSWER, ANSWER_MS, this.#now);
    if (turn.left > 0) return this.#send(turn);
    turn.free();
    const { lane, isLookUp } = turn;
    if (!isLookUp) {
      this.#deliveries -= 1;
      this.#deliveredAt = this.#now;
    }
    if (!lane) this.#isPurging = false;
    else this.#free(lane, isLookUp);
  }

  #free(lane: Lane, isLookUp: boolean): void {
    lane.isInFlight = false;
    if (!isLookUp || lane.isCreated) return this.#makeReady(lane);
    this.#park(lane, this.#now + lookUpAgainAfter(lane.lookUps));
    lane.lookUps += 1;
  }

  /** Its next request, as soon as it may go. */
  #send(turn: TurnInFlight): void {
    const plan = this.#budget.plan(this.#now);
    // Of Deletes the first request need not wait.
    const mayGo = plan.count > 0 || turn.lane === undefined;
    turn.at = mayGo ? this.#now + ANSWER_MS : plan.nextAt;
    turn.isSent = mayGo;
    if (mayGo) {
      this.#budget.take(plan, turn.at);
      turn.left -= 1;
      if (turn.isLookUp) this.#lookUps += 1;
      else this.#requests += 1;
    }
    this.#inFlight.push(turn);
  }
}
