/** What became of records. */
export interface Tally {
  /** The relay has these. */
  readonly handedOver: number;
  /** Of those: as the settings stand that this command was given, the relay will refuse them. */
  readonly refused: number;
  /** By `--since`, `--until`, `--types`. */
  readonly leftOut: number;
  /** What cannot be an event. */
  readonly broken: number;
}

export const NOTHING: Tally = { handedOver: 0, refused: 0, leftOut: 0, broken: 0 };

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, one) => ({
      handedOver: sum.handedOver + one.handedOver,
      refused: sum.refused + one.refused,
      leftOut: sum.leftOut + one.leftOut,
      broken: sum.broken + one.broken,
    }),
    NOTHING,
  );
}
