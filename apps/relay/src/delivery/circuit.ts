import { isMisconfiguration } from '@segment-userleap/mapping';
import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { Pause } from '../outbox/port/outbox.port';
import { backOff } from './back-off';
import { FailureShare } from './failure-share';

const FAILURES: readonly ReasonCode[] = ['server_error', 'timeout', 'network_failure', 'unexpected_reply'];
// What only a look-up tells.
const LOOKED_UP: readonly ReasonCode[] = ['unknown_user', 'nothing_to_alias'];

/** What came of a turn. */
export interface TurnEnd {
  readonly outcomes: readonly Outcome[];
  /** Whose turn it was; of several users one. */
  readonly user: string;
  /** UserLeap says so itself. */
  readonly isUnavailable: boolean;
  /** The pause that it began in. */
  readonly begunIn: Pause | undefined;
}

/**
 * Whether a destination gets its requests or nothing but probes. One answer that its settings are wrong pauses it, and
 * so do failures of so many different users that it has to be an outage; the first probe that goes well ends the pause.
 */
export class Circuit {
  #pause: Pause | undefined;
  readonly #share = new FailureShare();

  constructor(pause: Pause | undefined) {
    this.#pause = pause;
  }

  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** Ends the pause, whatever it was for. */
  close(): void {
    this.#pause = undefined;
  }

  /** Takes over what another process knows of the destination. */
  follow(pause: Pause | undefined): void {
    if (this.#pause && !pause) this.close();
    else this.#pause = pause;
  }

  /** A probe has begun: the next one is due then, unless this one tells something. */
  putOff(probeAt: number): void {
    if (this.#pause) this.#pause = { ...this.#pause, probeAt };
  }

  /** Lets the next probe of a pause go now. Returns the pause, undefined where there is none. */
  hasten(now: number): Pause | undefined {
    if (this.#pause) this.#pause = { ...this.#pause, probeAt: Math.min(this.#pause.probeAt, now) };
    return this.#pause;
  }

  /** Takes note of how a turn ended. `chance` is a number from 0 to 1. Returns true where the pause has changed. */
  note({ outcomes, user, begunIn, isUnavailable }: TurnEnd, now: number, chance: number): boolean {
    // What was on its way when the pause began says nothing about it.
    if (this.#pause && begunIn?.pausedAt !== this.#pause.pausedAt) return false;
    const trouble = findTrouble(outcomes, this.#pause?.reason);
    if (trouble === undefined) return false;
    if (trouble === 'none') {
      const wasPaused = this.#pause !== undefined;
      this.#share.answered();
      this.close();
      return wasPaused;
    }
    const isOutage = this.#share.failed(user) || isUnavailable;
    if (!this.#pause && !isMisconfiguration(trouble) && !isOutage) return false;
    const probes = this.#pause ? this.#pause.probes + 1 : 0;
    this.#pause = {
      reason: trouble,
      pausedAt: this.#pause?.pausedAt ?? now,
      probes,
      probeAt: now + backOff(probes, 0.5 + chance / 2),
    };
    return true;
  }
}

/** What stands between the destination and its requests; undefined where the outcomes do not tell. */
function findTrouble(outcomes: readonly Outcome[], paused: ReasonCode | undefined): ReasonCode | 'none' | undefined {
  const reasons = outcomes.flatMap((outcome) => (outcome.outcome === 'retry' ? [outcome.reason] : []));
  // Deletes that may not be sent wait by themselves.
  const misconfiguration = reasons.find((reason) => isMisconfiguration(reason) && reason !== 'purge_not_allowed');
  if (misconfiguration) return misconfiguration;
  const hasAnswer = outcomes.some((outcome) => {
    if (outcome.outcome === 'delivered') return true;
    // A wrong address knows no user either.
    return outcome.reason === 'refused' || (LOOKED_UP.includes(outcome.reason) && paused !== 'wrong_endpoint');
  });
  return hasAnswer ? 'none' : reasons.find((reason) => FAILURES.includes(reason));
}
