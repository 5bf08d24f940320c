import type { Turn } from '../outbox/port/turn';

// A look-up that finds its user is followed by what waits for it: a tenth of the requests at most.
const DELIVERIES_PER_LOOK_UP = 9;

/**
 * When it is the turn of a look-up: users that UserLeap does not know must not keep back what can be delivered, nor wait for
 * ever behind it.
 */
export class LookUpShare {
  #deliveries = 0;

  get isNext(): boolean {
    return this.#deliveries >= DELIVERIES_PER_LOOK_UP;
  }

  /** A turn begins. */
  note({ lanes }: Turn): void {
    this.#deliveries = lanes.some(({ isParked }) => isParked) ? 0 : this.#deliveries + 1;
  }
}
