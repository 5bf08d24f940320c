import { isMisconfiguration, REASONS } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { RelayObserver } from '../observer/relay-observer';
import type { OutboxPort, Pause, PausedTime } from '../outbox/port/outbox.port';
import type { Probe } from '../outbox/port/turn';
import { backOff } from './back-off';
import type { Circuit, TurnEnd } from './circuit';
import type { Clock } from './clock';
import { horizonStart } from './horizon-start';
import { inOnePass } from './in-steps';

// Longer than a turn lasts that is to probe.
const PROBE_MS = 60_000;

/** What the next turn has to be. */
export interface NextProbe extends Probe {
  /** In so many milliseconds it is due. */
  readonly inMs: number;
}

/** What the pauses of a destination need of the outside. */
export interface PausesOutside {
  readonly outbox: Pick<
    OutboxPort,
    'loadPauses' | 'loadHandPauses' | 'savePause' | 'pauseByHand' | 'resume' | 'hastenLanes' | 'loadPausedTimes'
  >;
  readonly clock: Clock;
  readonly alarm: { failed(error: unknown): void };
  readonly observer: Pick<RelayObserver, 'paused' | 'resumed' | 'pausedByHand' | 'resumedByHand' | 'steered'>;
  readonly logger: { log(message: string): void; warn(message: string): void };
  /** A number from 0 to 1. */
  chance(): number;
}

/** A turn, as far as pauses go. */
export interface TurnInFlight {
  /** True once no further request of it may go. */
  isOver(): boolean;
  /** Takes note of what it came to, and whether UserLeap says that it is unavailable: that may begin a pause, or end one. */
  note(outcomes: readonly Outcome[], isUnavailable: boolean): Promise<void>;
  end(): void;
}

/**
 * What keeps a destination from its requests: a pause of the relay's own, in which it gets nothing but probes, one at a
 * time; or a person's, in which it gets nothing. Both are the store's, so that they outlive a restart and hold for all relays.
 */
export class DestinationPauses {
  #probesInFlight = 0;
  #changes = 0;
  /** Undefined once they may have changed. */
  #pausedTimes: readonly PausedTime[] | undefined;

  /** `wake` is called when something may be sent again. */
  constructor(
    private readonly destination: string,
    private readonly circuit: Circuit,
    private handPausedAt: number | undefined,
    private readonly outside: PausesOutside,
    private readonly wake: () => void,
  ) {}

  /** The relay's own; undefined where there is none. */
  get byRelay(): Pause | undefined {
    return this.circuit.pause;
  }

  /** Since when a person has paused the destination; undefined where nobody has. */
  get byHandAt(): number | undefined {
    return this.handPausedAt;
  }

  get isPaused(): boolean {
    return this.handPausedAt !== undefined || this.circuit.pause !== undefined;
  }

  /** True while what waits is kept whatever its age: a person has to mend the settings first, or to end a pause. */
  get waitsForPerson(): boolean {
    const { pause } = this.circuit;
    return this.handPausedAt !== undefined || (pause !== undefined && isMisconfiguration(pause.reason));
  }

  /** How long ago that was queued which has waited so many milliseconds, without the time that it waited for a person. */
  async stretch(waitMs: number, now: number): Promise<number> {
    const changes = this.#changes;
    const times = this.#pausedTimes ?? (await this.outside.outbox.loadPausedTimes()).get(this.destination) ?? [];
    if (changes === this.#changes) this.#pausedTimes = times;
    return now - horizonStart(now, waitMs, times);
  }

  /** Whether a turn may begin, a probe at its time included. What was on its way when a pause began is no probe. */
  get letTurnsBegin(): boolean {
    return this.handPausedAt === undefined && (this.circuit.pause === undefined || this.#probesInFlight === 0);
  }

  /** The probe that the next turn has to be, not before it is due; undefined where the relay has not paused the destination. */
  nextProbe(now: number): NextProbe | undefined {
    const { pause } = this.circuit;
    if (!pause) return undefined;
    const inMs = pause.probeAt - now;
    // Further ahead than that it was planned by a clock that was ahead.
    const isFar = inMs > Math.max(PROBE_MS, backOff(pause.probes, 1));
    return { due: pause.probeAt, next: now + PROBE_MS, inMs: isFar ? 0 : Math.max(0, inMs) };
  }

  /** A turn begins, of a user; as `probe`, if the destination was paused when it was leased. */
  begin(probe: Probe | undefined, user: string): TurnInFlight {
    if (probe) this.circuit.putOff(probe.next);
    const begunIn = this.circuit.pause;
    const isProbe = begunIn !== undefined;
    if (isProbe) this.#probesInFlight += 1;
    return {
      isOver: () => this.handPausedAt !== undefined || (this.circuit.pause !== undefined && !isProbe),
      note: async (outcomes, isUnavailable) => {
        await this.#noteHealth({ outcomes, user, begunIn, isUnavailable });
        // It has told nothing.
        if (probe && this.circuit.pause?.probeAt === probe.next) await this.#probeAgain();
      },
      end: () => {
        if (isProbe) this.#probesInFlight -= 1;
      },
    };
  }

  /** Begins no request any more until it is resumed, also over a restart. Rejects where that could not be kept. */
  async pauseByHand(): Promise<void> {
    const { outbox, clock, logger, observer } = this.outside;
    const isNews = this.handPausedAt === undefined;
    if (isNews) logger.log(`destination ${this.destination} is paused by hand`);
    const since = (this.handPausedAt ??= clock.now());
    // Also where it is paused already: it may be that this could not be kept.
    await this.#change(outbox.pauseByHand(this.destination, since));
    if (isNews) observer.pausedByHand(this.destination);
    observer.steered([]);
  }

  /**
   * Ends a pause of either kind, and tries again at once what waits for another attempt. Rejects where that could not be kept
   * altogether: to be asked again.
   */
  async resume(): Promise<void> {
    const { outbox, clock, logger, observer } = this.outside;
    const { destination } = this;
    const now = clock.now();
    const wasPaused = this.isPaused;
    await this.#change(outbox.resume(destination, now));
    this.handPausedAt = undefined;
    this.circuit.close();
    logger.log(`destination ${destination} is resumed by hand`);
    if (wasPaused) observer.resumedByHand(destination);
    observer.steered([]);
    this.wake();
    await inOnePass(clock, async (limit) => {
      const hastened = await outbox.hastenLanes({ destination, kind: 'retries', after: now, now, limit });
      if (hastened > 0) this.wake();
      return hastened;
    });
  }

  /** Lets the next probe of a pause go at once, as there is something new to try. */
  async probeNow(): Promise<void> {
    const { outbox, clock } = this.outside;
    const now = clock.now();
    const pause = this.circuit.hasten(now);
    if (pause) await this.#change(outbox.savePause(this.destination, pause, now));
    this.wake();
  }

  /** How often this process has begun or ended to change them. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Takes them over as the store has them: another process, or a person there, has changed them. `changes` as they were
   * before that was read: what was changed here since then is newer.
   */
  follow(pause: Pause | undefined, handPausedAt: number | undefined, changes: number): void {
    if (changes !== this.#changes) return;
    this.#pausedTimes = undefined;
    const wasPaused = this.isPaused;
    const wasProbedAt = this.circuit.pause?.probeAt;
    this.circuit.follow(pause);
    this.handPausedAt = handPausedAt;
    const isPaused = this.isPaused;
    if (isPaused === wasPaused && pause?.probeAt === wasProbedAt) return;
    const { logger, observer } = this.outside;
    if (isPaused !== wasPaused) {
      logger.log(`destination ${this.destination} is ${isPaused ? 'paused' : 'resumed'} by another relay`);
    }
    observer.steered([]);
    this.wake();
  }

  /** Looks into the store what another process has changed. */
  async lookIntoStore(): Promise<void> {
    const { outbox } = this.outside;
    const changes = this.#changes;
    const [pauses, handPauses] = await Promise.all([outbox.loadPauses(), outbox.loadHandPauses()]);
    this.follow(pauses.get(this.destination), handPauses.get(this.destination), changes);
  }

  async #change(saving: Promise<void>): Promise<void> {
    this.#changes += 1;
    await saving.finally(() => {
      this.#changes += 1;
      this.#pausedTimes = undefined;
    });
  }

  async #noteHealth(end: TurnEnd): Promise<void> {
    const { outbox, clock, alarm, logger, observer } = this.outside;
    const wasPaused = this.circuit.pause !== undefined;
    if (!this.circuit.note(end, clock.now(), this.outside.chance())) return;
    const { destination } = this;
    const now = this.circuit.pause;
    if (!now) {
      logger.log(`destination ${destination} is delivered to again`);
      observer.resumed(destination);
    } else if (!wasPaused) {
      logger.warn(`destination ${destination} is paused (${now.reason}): ${REASONS[now.reason]}`);
      observer.paused(destination, now.reason);
    }
    await this.#change(outbox.savePause(destination, now, clock.now())).catch((error: unknown) => alarm.failed(error));
  }

  async #probeAgain(): Promise<void> {
    await this.probeNow().catch((error: unknown) => this.outside.alarm.failed(error));
  }
}
