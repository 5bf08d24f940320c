import { InFlightLimit } from '@segment-userleap/delivery';
import type { TurnMemory, TurnRoom } from '@segment-userleap/delivery';
import type { Settings } from '@segment-userleap/mapping';
import type { BulkRequest, UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Destination } from '../config/relay-config';
import type { RelayObserver } from '../observer/relay-observer';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { LeaseCall, Leased, Turn } from '../outbox/port/turn';
import type { BelievedTime } from './believed-time';
import { bytesOf, joinBulks, splitSettlement } from './bulk-parts';
import { Bulks } from './bulks';
import type { Circuit } from './circuit';
import { deliverTurn, putOff } from './deliver-turn';
import type { Told } from './deliver-turn';
import { DestinationPauses } from './destination-pauses';
import type { PausesOutside, TurnInFlight } from './destination-pauses';
import { HoldOff } from './hold-off';
import { MonthlyLimit } from './monthly-limit';
import { Repeats } from './repeats';
import { Settlements } from './settlements';
import { NAP_MS, Sleep } from './sleep';
import type { Start } from './turn-start';
import { TurnShares } from './turn-shares';

/** How many turns one process has begun at most whose end is not kept. */
const MOST_UNKEPT = 512;
const RETRY_STORE_MS = 1_000;

/** The outside of a destination's delivery. */
export interface DeliveryOutside extends PausesOutside {
  readonly outbox: OutboxPort;
  readonly client: { send(request: UserLeapRequest | BulkRequest): Promise<UserLeapReply> };
  readonly alarm: { failed(error: unknown): void; worked(): void };
  readonly observer: PausesOutside['observer'] & Pick<RelayObserver, 'requested' | 'settled' | 'ended'>;
  readonly logger: { log(message: string): void; warn(message: string): void; error(message: string): void };
  /** Shared by all destinations. */
  readonly memory: TurnMemory;
  readonly told: Told;
  readonly time: Pick<BelievedTime, 'lagMs' | 'now'>;
  /** More is ready at a destination than is taken up here. */
  nudge(destination: string): void;
}

/** Sends what waits for one destination, the oldest lane first, several at a time but no lane twice. */
export class DestinationDelivery {
  readonly pauses: DestinationPauses;
  readonly #inFlight = new Set<Promise<void>>();
  #dispatching: Promise<void> = Promise.resolve();
  readonly #onRoom = (): void => this.wake();
  #isWoken = false;
  #isStopped = false;
  #isPurging = false;
  /** There was more to send than may be in flight. */
  #isFull = false;
  readonly #limit: InFlightLimit;
  readonly #monthlyLimit: MonthlyLimit | undefined;
  readonly #settlements: Settlements;
  readonly #shares = new TurnShares();
  readonly #bulks: Bulks;
  readonly #holdOff = new HoldOff();
  readonly #repeats: Repeats;
  readonly #sleep: Sleep;
  // The budget has no place before, by its clock: what is accepted meanwhile need not ask. A turn whose end is kept makes it 0,
  // as its places are free sooner than they had to be thought; so does the timer, at `#lookAgainAt` (`clock.elapsed`) at the latest.
  #notBefore = 0;
  #lookAgainAt = 0;

  constructor(
    readonly destination: Destination,
    circuit: Circuit,
    private readonly outside: DeliveryOutside,
    handPausedAt: number | undefined,
  ) {
    this.pauses = new DestinationPauses(destination.name, circuit, handPausedAt, outside, () => this.wake());
    this.#limit = new InFlightLimit(destination.budget);
    this.#repeats = new Repeats(destination, outside);
    const { budget, monthlyUsers } = destination;
    if (monthlyUsers !== undefined) this.#monthlyLimit = new MonthlyLimit(budget.id, monthlyUsers, outside.outbox);
    this.#bulks = new Bulks(destination, outside);
    const lookAgain = (): void => {
      this.#notBefore = 0;
      this.wake();
    };
    this.#settlements = new Settlements(destination.name, outside, lookAgain);
    this.#sleep = new Sleep(outside.clock, lookAgain);
  }

  /** Something may have become ready. Returns at once. */
  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    this.#dispatching = this.#dispatching
      .then(() => this.outside.clock.allRead())
      .then(() => {
        this.#isWoken = false;
        return this.#dispatch();
      });
  }

  /** Begins no request any more; resolves when what was under way has been answered and is kept. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#sleep.end();
    await this.#dispatching;
    await Promise.all(this.#inFlight);
    await this.#settlements.stop();
    this.outside.nudge(this.destination.name);
  }

  async #dispatch(): Promise<void> {
    this.#sleep.break();
    const { clock, time, memory, alarm, observer } = this.outside;
    const { name, budget, settings } = this.destination;
    // In many steps, perhaps: between two of them a lease looks for something else, so that nothing else waits.
    let hasDropped = false;
    try {
      // With as many in flight as may be, the next turn that ends wakes us.
      while (!this.#isStopped && this.pauses.letTurnsBegin && this.#free > 0) {
        const now = clock.now();
        const budgetNow = clock.budgetNow();
        const probe = this.pauses.nextProbe(now);
        if (probe && probe.inMs > 0) return this.#sleep.begin(probe.inMs);
        const waitMs = this.#notBefore - budgetNow;
        if (waitMs > 0) return this.#sleep.begin(Math.min(waitMs, this.#lookAgainAt - clock.elapsed()));
        const graceMs = await this.pauses.stretch(settings.unknownUserGraceSeconds * 1000, time.now());
        const room = memory.take(this.#inFlight.size === 0, this.#onRoom);
        if (!room) return this.#sleep.begin(Infinity);
        const most = probe ? 1 : this.#free;
        const call: LeaseCall = {
          destination: name,
          environment: budget.id,
          budget,
          now,
          budgetNow,
          mayPurge: !this.#isPurging && !hasDropped,
          looksUp: settings.unknownUsers === 'skip',
          ...this.#shares.of(most),
          most,
          mostBackfilled: probe ? 1 : most - this.#limit.live,
          ...this.#bulks.next(this.#settlements.waiting === 0),
          bytes: room.bytes,
          ...(probe ? { probe } : {}),
        };
        const leased = await this.#lease(call, room);
        switch (leased.kind) {
          case 'probed':
            await this.pauses.lookIntoStore();
            continue;
          case 'again':
            continue;
          case 'dropped':
            observer.ended(name, 'filtered', leased.dropped);
            hasDropped = true;
            continue;
          case 'wait':
          case 'idle':
            if (hasDropped) {
              hasDropped = false;
              continue;
            }
            if (leased.kind === 'idle') return this.#sleep.begin((leased.until ?? Infinity) - now);
            if (await this.#endRepeats()) continue;
            if (!leased.isForBackfill) this.#notBefore = leased.until;
            this.#lookAgainAt = clock.elapsed() + NAP_MS;
            return this.#sleep.begin(Math.min(NAP_MS, leased.until - budgetNow));
          case 'turns':
            hasDropped = false;
            alarm.worked();
            this.#shares.note(leased.turns);
            for (const turn of await this.#join(leased.turns, call)) this.#start(turn, { graceMs, room, probe });
        }
      }
      this.#isFull = this.#free <= 0;
      if (this.#isFull) this.outside.nudge(name);
    } catch (error) {
      alarm.failed(error);
      this.#sleep.begin(RETRY_STORE_MS);
    }
  }

  /** While the budget has no place. Returns whether there may be more of them. */
  async #endRepeats(): Promise<boolean> {
    const room = this.outside.memory.take(this.#inFlight.size === 0, this.#onRoom);
    if (!room) return false;
    try {
      return await this.#repeats.endSome(room.bytes);
    } finally {
      room.free(room.bytes);
    }
  }

  /** How many more turns may begin. */
  get #free(): number {
    const sending = this.#inFlight.size;
    return Math.min(this.#limit.requests, MOST_UNKEPT - this.#settlements.waiting) - sending;
  }

  /** The room is free again where there is no turn for it. */
  async #lease(call: LeaseCall, room: TurnRoom): Promise<Leased> {
    let bytes = 0;
    try {
      const leased = await this.outside.outbox.lease(call);
      if (leased.kind === 'turns') bytes = leased.turns.reduce((sum, turn) => sum + bytesOf(turn), 0);
      return leased;
    } finally {
      room.narrow(bytes);
    }
  }

  /** What else can share the request of a bulk is leased, too. What cannot be leased now goes later. */
  async #join(turns: readonly Turn[], { bulk, ...call }: LeaseCall): Promise<readonly Turn[]> {
    const [first] = turns;
    if (!first?.isBulk || !bulk) return turns;
    this.#bulks.begin();
    const lease = (more: LeaseCall, room: TurnRoom) => this.#lease(more, room);
    const outside = { ...this.outside, onRoom: this.#onRoom, lease, isStopped: () => this.#isStopped };
    return [await joinBulks(first, { ...call, bulk }, outside)];
  }

  #start(turn: Turn, { graceMs, room, probe }: Start): void {
    if (turn.isPurge) this.#isPurging = true;
    const inFlight = this.pauses.begin(probe, turn.lanes[0]?.lane ?? '');
    const run = this.#run(turn, graceMs, inFlight).finally(() => {
      if (turn.isPurge) this.#isPurging = false;
      inFlight.end();
      room.free(bytesOf(turn));
      this.#inFlight.delete(run);
      if (this.#isFull) this.wake();
    });
    this.#inFlight.add(run);
  }

  async #run(turn: Turn, graceMs: number, inFlight: TurnInFlight): Promise<void> {
    const { outbox, clock, logger, told } = this.outside;
    const ports = {
      outbox,
      clock,
      told,
      limit: this.#monthlyLimit,
      chance: () => this.outside.chance(),
      send: (request: UserLeapRequest | BulkRequest, events: number) => this.#send(request, events),
      isOver: () => this.#isStopped || inFlight.isOver(),
    };
    const { outcomes, settlement, isBulkRefused } = await deliverTurn(
      turn,
      { ...this.destination, settings: this.#withGrace(graceMs) },
      ports,
    ).catch((error: unknown) => {
      logger.error(`a turn failed: ${error instanceof Error ? error.name : 'unknown error'}`);
      return { outcomes: [], settlement: putOff(turn, this.destination, clock), isBulkRefused: false };
    });
    if (turn.isBulk) this.#bulks.note(settlement, isBulkRefused);
    await inFlight.note(outcomes, this.#holdOff.isUnavailable);
    for (const part of splitSettlement(settlement, turn)) this.#settlements.keep(part);
  }

  /** Grace is an age like any other: by as much longer as the clock is not believed. */
  #withGrace(graceMs: number): Settings {
    const unknownUserGraceSeconds = (graceMs + this.outside.time.lagMs) / 1000;
    return { ...this.destination.settings, unknownUserGraceSeconds };
  }

  async #send(request: UserLeapRequest | BulkRequest, events: number): Promise<UserLeapReply> {
    const { client, clock, observer } = this.outside;
    const startedAt = clock.elapsed();
    const held = this.#holdOff.begin();
    const reply = await client.send(request);
    const milliseconds = Math.round(clock.elapsed() - startedAt);
    this.#limit.note(reply, milliseconds, clock.elapsed());
    observer.requested({ destination: this.destination.name, kind: request.kind, reply, milliseconds, events });
    await this.#block(held.answered(reply, { now: clock.now(), chance: this.outside.chance() }));
    return reply;
  }

  /** UserLeap counted more than we did, or is not there for a while: whatever has this budget waits. */
  async #block(delayMs: number | undefined): Promise<void> {
    if (delayMs === undefined) return;
    const { outbox, clock, alarm, logger } = this.outside;
    logger.warn(`destination ${this.destination.name} has to wait ${Math.ceil(delayMs / 1000)} s: UserLeap says so`);
    await outbox
      .block(this.destination.budget, clock.budgetNow() + delayMs)
      .catch((error: unknown) => alarm.failed(error));
  }
}
