// A look-up that finds its user is followed by what waits for it: a tenth of the requests at most.
const DELIVERIES_PER_LOOK_UP = 9;

/** What of a turn tells whether it looks a user up. */
interface LookingUp {
  readonly lanes: readonly { readonly isParked: boolean }[];
}

/**
 * When it is the turn of look-ups: users that UserLeap does not know must not keep back what can be delivered, nor wait for
 * ever behind it.
 */
export class LookUpShare {
  #deliveries = 0;

  /** How many of so many turns may be look-ups that go before what could be delivered. */
  of(turns: number): number {
    return Math.floor((this.#deliveries + turns) / (DELIVERIES_PER_LOOK_UP + 1));
  }

  /** These turns begin. */
  note(turns: readonly LookingUp[]): void {
    for (const { lanes } of turns) {
      const isLookUp = lanes.some(({ isParked }) => isParked);
      const change = isLookUp ? -DELIVERIES_PER_LOOK_UP : 1;
      this.#deliveries = Math.min(DELIVERIES_PER_LOOK_UP, Math.max(0, this.#deliveries + change));
    }
  }
}
