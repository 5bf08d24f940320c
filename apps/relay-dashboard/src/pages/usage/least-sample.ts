/** The least percentage, to a hundredth, that a user of this place is in: everybody below a percentage is. */
export function leastSample(position: number): number {
  return Math.floor(position * 100 + 1) / 100;
}
