import type { RelayObserver } from '../src/observer/relay-observer';

/** For tests of something else. */
export const silentObserver: RelayObserver = {
  accepted: () => undefined,
  turnedAway: () => undefined,
  refused: () => undefined,
  requested: () => undefined,
  settled: () => undefined,
  ended: () => undefined,
  heldTooMuch: () => undefined,
  foundNames: () => undefined,
  paused: () => undefined,
  resumed: () => undefined,
  pausedByHand: () => undefined,
  resumedByHand: () => undefined,
  steered: () => undefined,
};
