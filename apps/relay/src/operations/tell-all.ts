import type { RelayObserver } from '../observer/relay-observer';

/** One observer that tells several, each of what it wants to know. */
export function tellAll(observers: readonly Partial<RelayObserver>[]): RelayObserver {
  const each = (tell: (observer: Partial<RelayObserver>) => void): void => observers.forEach(tell);
  return {
    accepted: (events, milliseconds) => each((one) => one.accepted?.(events, milliseconds)),
    turnedAway: (why) => each((one) => one.turnedAway?.(why)),
    refused: () => each((one) => one.refused?.()),
    requested: (request) => each((one) => one.requested?.(request)),
    settled: (settlement) => each((one) => one.settled?.(settlement)),
    ended: (destination, outcome, events) => each((one) => one.ended?.(destination, outcome, events)),
    heldTooMuch: (destination, count) => each((one) => one.heldTooMuch?.(destination, count)),
    foundNames: (destination, names) => each((one) => one.foundNames?.(destination, names)),
    paused: (destination, reason) => each((one) => one.paused?.(destination, reason)),
    resumed: (destination) => each((one) => one.resumed?.(destination)),
    pausedByHand: (destination) => each((one) => one.pausedByHand?.(destination)),
    resumedByHand: (destination) => each((one) => one.resumedByHand?.(destination)),
    steered: (ids) => each((one) => one.steered?.(ids)),
  };
}
