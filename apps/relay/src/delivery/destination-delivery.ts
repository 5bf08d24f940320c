import { isMisconfiguration, REASONS } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Destination } from '../config/relay-config';
import type { RelayObserver } from '../observer/relay-observer';
import { LeaseLost } from '../outbox/port/outbox.port';
import type { OutboxPort, Pause } from '../outbox/port/outbox.port';
import type { Probe, Settlement, Turn } from '../outbox/port/turn';
import { backOff } from './back-off';
import type { Circuit } from './circuit';
import { pause } from './clock';
import type { Clock } from './clock';
import { deliverTurn, putOff } from './deliver-turn';

const TURNS_IN_FLIGHT = 8;
// Where the clock is set back, waiting must end by itself.
const MAX_SLEEP_MS = 30_000;
const RETRY_STORE_MS = 1_000;
const LAST_TRIES = 3;
// Longer than a turn lasts that is to probe.
const PROBE_MS = 60_000;

/** The outside of a destination's delivery. */
export interface DeliveryOutside {
  readonly outbox: OutboxPort;
  readonly clock: Clock;
  readonly client: { send(request: UserLeapRequest): Promise<UserLeapReply> };
  readonly alarm: { failed(error: unknown): void; worked(): void };
  readonly observer: Pick<RelayObserver, 'requested' | 'settled' | 'ended' | 'paused' | 'resumed' | 'steered'>;
  readonly logger: { log(message: string): void; warn(message: string): void; error(message: string): void };
  /** A number from 0 to 1. */
  chance(): number;
  /** More is ready at a destination than is taken up here. */
  nudge(destination: string): void;
}

/** Sends what waits for one destination, the oldest lane first, several at a time but no lane twice. */
export class DestinationDelivery {
  readonly #inFlight = new Set<Promise<void>>();
  #dispatching: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #isWoken = false;
  #isStopped = false;
  #isPurging = false;
  #probes = 0;
  #rateLimits = 0;
  // The budget has no place before: what is accepted meanwhile need not ask.
  #notBefore = 0;
  #changes = 0;

  constructor(
    readonly destination: Destination,
    private readonly circuit: Circuit,
    private readonly outside: DeliveryOutside,
    private handPausedAt: number | undefined = undefined,
  ) {}

  get pause(): Pause | undefined {
    return this.circuit.pause;
  }

  /** Since when a person has paused the destination; undefined where nobody has. */
  get pausedByHandAt(): number | undefined {
    return this.handPausedAt;
  }

  /** How often this process has begun or ended to change what pauses the destination. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Takes over what pauses the destination as the store has it: another process, or a person there, has changed it.
   * `changes` as they were before that was read: what was changed here since then is newer.
   */
  follow(pause: Pause | undefined, handPausedAt: number | undefined, changes: number): void {
    if (changes !== this.#changes) return;
    const wasPaused = this.#isPaused();
    const wasProbedAt = this.circuit.pause?.probeAt;
    this.circuit.follow(pause);
    this.handPausedAt = handPausedAt;
    const isPaused = this.#isPaused();
    if (isPaused === wasPaused && pause?.probeAt === wasProbedAt) return;
    const { logger, observer } = this.outside;
    if (isPaused !== wasPaused) {
      logger.log(`destination ${this.destination.name} is ${isPaused ? 'paused' : 'resumed'} by another relay`);
    }
    observer.steered([]);
    this.wake();
  }

  /** Something may have become ready. Returns at once. */
  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    this.#dispatching = this.#dispatching.then(() => {
      this.#isWoken = false;
      return this.#dispatch();
    });
  }

  /** Begins no request any more until it is resumed, also over a restart. Rejects where that could not be kept. */
  async pauseByHand(): Promise<void> {
    const { outbox, clock, logger, observer } = this.outside;
    if (this.handPausedAt !== undefined) return;
    this.handPausedAt = clock.now();
    logger.log(`destination ${this.destination.name} is paused by hand`);
    await this.#change(outbox.pauseByHand(this.destination.name, this.handPausedAt));
    observer.steered([]);
  }

  /** Ends a pause of either kind, and tries again at once what waits for another attempt. */
  async resume(): Promise<void> {
    const { outbox, logger, observer } = this.outside;
    this.handPausedAt = undefined;
    this.circuit.close();
    logger.log(`destination ${this.destination.name} is resumed by hand`);
    await this.#change(outbox.resume(this.destination.name));
    observer.steered([]);
    this.wake();
  }

  /** Lets the next probe of a pause go at once, as there is something new to try. */
  async probeNow(): Promise<void> {
    const { outbox, clock } = this.outside;
    const pause = this.circuit.hasten(clock.now());
    if (pause) await this.#change(outbox.savePause(this.destination.name, pause));
    this.wake();
  }

  /** Begins no request any more; resolves when what was under way has been answered and is kept. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#dispatching;
    await Promise.all(this.#inFlight);
    this.outside.nudge(this.destination.name);
  }

  #isPaused(): boolean {
    return this.handPausedAt !== undefined || this.circuit.pause !== undefined;
  }

  async #change(saving: Promise<void>): Promise<void> {
    this.#changes += 1;
    await saving.finally(() => (this.#changes += 1));
  }

  async #dispatch(): Promise<void> {
    this.#cancelTimer?.();
    const { clock, outbox, alarm, observer } = this.outside;
    try {
      // With every place taken, the next turn that ends wakes us.
      while (!this.#isStopped && this.handPausedAt === undefined && this.#hasPlace()) {
        const now = clock.now();
        const due = this.circuit.pause?.probeAt;
        const notBefore = Math.max(this.#notBefore, due ?? now);
        if (notBefore > now) return this.#sleepUntil(notBefore);
        const { name, budget, settings } = this.destination;
        const graceMs = settings.unknownUserGraceSeconds * 1000;
        const probe = due === undefined ? {} : { probe: { due, next: now + PROBE_MS } };
        const call = { destination: name, budget, now, mayPurge: !this.#isPurging, graceMs, ...probe };
        const leased = await outbox.lease(call);
        if (leased.kind === 'probed') {
          await this.#lookAtPauses();
          continue;
        }
        if (leased.kind === 'wait') this.#notBefore = leased.until;
        if (leased.kind !== 'turn') return this.#sleepUntil(leased.until);
        alarm.worked();
        if (leased.dropped.length > 0) observer.ended(name, 'filtered', leased.dropped);
        if (call.probe) this.circuit.putOff(call.probe.next);
        this.#start(leased.turn, call.probe);
      }
      if (this.#inFlight.size >= TURNS_IN_FLIGHT) this.outside.nudge(this.destination.name);
    } catch (error) {
      alarm.failed(error);
      this.#sleepUntil(clock.now() + RETRY_STORE_MS);
    }
  }

  /** A paused destination is probed by one turn at a time, beside what was on its way when the pause began. */
  #hasPlace(): boolean {
    const isProbed = this.circuit.pause !== undefined && this.#probes > 0;
    return !isProbed && this.#inFlight.size < TURNS_IN_FLIGHT;
  }

  async #lookAtPauses(): Promise<void> {
    const { outbox } = this.outside;
    const { name } = this.destination;
    const changes = this.#changes;
    const [pauses, handPauses] = await Promise.all([outbox.loadPauses(), outbox.loadHandPauses()]);
    this.follow(pauses.get(name), handPauses.get(name), changes);
  }

  #start(turn: Turn, probe: Probe | undefined): void {
    const isProbe = this.circuit.pause !== undefined;
    if (turn.isPurge) this.#isPurging = true;
    if (isProbe) this.#probes += 1;
    const run = this.#run(turn, isProbe, probe).finally(() => {
      if (turn.isPurge) this.#isPurging = false;
      if (isProbe) this.#probes -= 1;
      this.#inFlight.delete(run);
      // Its places are free sooner than they had to be thought.
      this.#notBefore = 0;
      this.wake();
    });
    this.#inFlight.add(run);
  }

  async #run(turn: Turn, isProbe: boolean, probe: Probe | undefined): Promise<void> {
    const { outbox, clock, logger } = this.outside;
    const startedAt = clock.now();
    const ports = {
      outbox,
      clock,
      chance: () => this.outside.chance(),
      send: (request: UserLeapRequest, events: number) => this.#send(request, events),
      isOver: () =>
        this.#isStopped || this.handPausedAt !== undefined || (this.circuit.pause !== undefined && !isProbe),
    };
    const { outcomes, settlement } = await deliverTurn(turn, this.destination, ports).catch((error: unknown) => {
      logger.error(`a turn failed: ${error instanceof Error ? error.name : 'unknown error'}`);
      return { outcomes: [], settlement: putOff(turn, this.destination, clock.now()) };
    });
    await this.#noteRateLimit(outcomes);
    await this.#noteHealth(outcomes, startedAt);
    if (probe && this.circuit.pause?.probeAt === probe.next) await this.#probeAgain();
    await this.#settle(settlement);
  }

  async #send(request: UserLeapRequest, events: number): Promise<UserLeapReply> {
    const { client, clock, observer } = this.outside;
    const startedAt = clock.now();
    const reply = await client.send(request);
    const milliseconds = Math.max(0, clock.now() - startedAt);
    observer.requested({ destination: this.destination.name, kind: request.kind, reply, milliseconds, events });
    return reply;
  }

  /** UserLeap counted more than we did: the whole budget waits as long as it says. */
  async #noteRateLimit(outcomes: readonly Outcome[]): Promise<void> {
    const limited = outcomes.find((outcome) => outcome.outcome === 'retry' && outcome.reason === 'rate_limited');
    if (limited?.outcome !== 'retry') {
      this.#rateLimits = 0;
      return;
    }
    this.#rateLimits += 1;
    const { outbox, clock, alarm, logger } = this.outside;
    const delayMs = limited.delayMs ?? backOff(this.#rateLimits, 0.5 + this.outside.chance() / 2);
    logger.warn(`destination ${this.destination.name} has to wait ${Math.ceil(delayMs / 1000)} s: rate_limited`);
    await outbox.block(this.destination.budget, clock.now() + delayMs).catch((error: unknown) => alarm.failed(error));
  }

  async #noteHealth(outcomes: readonly Outcome[], startedAt: number): Promise<void> {
    const { outbox, clock, alarm, logger, observer } = this.outside;
    const wasPaused = this.circuit.pause !== undefined;
    if (!this.circuit.note(outcomes, startedAt, clock.now(), this.outside.chance())) return;
    const { name } = this.destination;
    const now = this.circuit.pause;
    if (!now) {
      logger.log(`destination ${name} is delivered to again`);
      observer.resumed(name);
    } else if (!wasPaused) {
      logger.warn(`destination ${name} is paused (${now.reason}): ${REASONS[now.reason]}`);
      observer.paused(name, now.reason);
    }
    await this.#change(outbox.savePause(name, now)).catch((error: unknown) => alarm.failed(error));
  }

  /** The last probe has told nothing. */
  async #probeAgain(): Promise<void> {
    const { alarm } = this.outside;
    await this.probeNow().catch((error: unknown) => alarm.failed(error));
  }

  /**
   * Tries until it is kept: what was sent must not be sent again because it could not be written down. What another relay
   * has taken over is that one's to keep.
   */
  async #settle(settlement: Settlement): Promise<void> {
    const { outbox, clock, alarm, logger, observer } = this.outside;
    for (let tries = 0; !this.#isStopped || tries < LAST_TRIES; tries = this.#isStopped ? tries + 1 : 0) {
      try {
        await outbox.settle(settlement);
        alarm.worked();
        return observer.settled(settlement);
      } catch (error) {
        if (error instanceof LeaseLost) {
          return logger.warn(`destination ${this.destination.name}: another relay has taken over what was in flight`);
        }
        alarm.failed(error);
        await pause(clock, RETRY_STORE_MS);
      }
    }
  }

  /** True while what waits is kept whatever its age: a person has to mend the settings first, or to end a pause. */
  get waitsForPerson(): boolean {
    const { pause } = this.circuit;
    return this.handPausedAt !== undefined || (pause !== undefined && isMisconfiguration(pause.reason));
  }

  #sleepUntil(time: number | undefined): void {
    if (this.#isStopped) return;
    const { clock } = this.outside;
    const delay = Math.min(MAX_SLEEP_MS, Math.max(0, (time ?? Infinity) - clock.now()));
    this.#cancelTimer = clock.setTimer(() => {
      this.#notBefore = 0;
      this.wake();
    }, delay);
  }
}
