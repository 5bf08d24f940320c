import { isMisconfiguration } from '@segment-userleap/mapping';
import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import { backOff } from './back-off';

/**
 * Which destinations get no requests for a while, because UserLeap's answer held for the whole key: rate-limited, or
 * set up wrongly. In memory: after a restart one request finds out anew.
 */
export class DestinationHold {
  readonly #holds = new Map<string, { until: number; times: number }>();

  /** Epoch milliseconds until which the destination is held; 0 where it is free. */
  heldUntil(destination: string): number {
    return this.#holds.get(destination)?.until ?? 0;
  }

  /** Takes note of what an attempt came to; returns the reason where the destination is held because of it. */
  note(destination: string, outcomes: readonly Outcome[], now: number, chance: number): ReasonCode | undefined {
    const held = outcomes.find((outcome) => outcome.outcome === 'retry' && holdsForKey(outcome.reason));
    if (held?.outcome !== 'retry') {
      // A success that was on its way when the hold began says nothing about it.
      if (this.heldUntil(destination) <= now) this.#holds.delete(destination);
      return undefined;
    }
    const times = (this.#holds.get(destination)?.times ?? 0) + 1;
    const delay = held.delayMs ?? backOff(times, 0.5 + chance / 2);
    this.#holds.set(destination, { until: now + delay, times });
    return held.reason;
  }
}

function holdsForKey(reason: ReasonCode): boolean {
  return reason === 'rate_limited' || isMisconfiguration(reason);
}
