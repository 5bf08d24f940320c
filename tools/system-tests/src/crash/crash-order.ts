import type { Arrival } from './crash-arrivals';

/**
 * Where a user's events arrived first in another order than they happened; a sentence for each. `taken` in order of arrival.
 * What UserLeap refused together may go out again in parts by the names of its events, each with its own time.
 */
export function findDisorder(taken: readonly Arrival[], refused: readonly Arrival[] = []): readonly string[] {
  const users = new Map<string, UserOrder>();
  return taken.flatMap((arrival) => {
    const user = users.get(arrival.userId) ?? new UserOrder(refused.filter(({ userId }) => userId === arrival.userId));
    users.set(arrival.userId, user);
    return user.take(arrival);
  });
}

/** The steps of one user that have arrived. */
class UserOrder {
  readonly #steps = new Set<number>();
  readonly #identifies = new Set<number>();
  #lastStep = -1;
  #lastIdentify = -1;

  constructor(private readonly refused: readonly Arrival[]) {}

  take({ userId, steps, identifies }: Arrival): readonly string[] {
    const wrong: string[] = [];
    // An Identify may overtake the events before it, as one request carries both; never what comes after it.
    for (const step of identifies.filter((one) => !this.#identifies.has(one))) {
      if (step < this.#lastStep) wrong.push(`${userId}: Identify ${step} arrived after event ${this.#lastStep}`);
      if (step < this.#lastIdentify) wrong.push(`${userId}: Identify ${step} arrived after ${this.#lastIdentify}`);
    }
    for (const step of steps.filter((one) => !this.#steps.has(one))) {
      if (step < this.#lastStep && !this.#isPartOfRefused(step))
        wrong.push(`${userId}: event ${step} arrived after event ${this.#lastStep}`);
      this.#lastStep = Math.max(this.#lastStep, step);
    }
    if (steps.some((step, at) => step <= (steps[at - 1] ?? -1))) {
      wrong.push(`${userId}: one request holds the events ${steps.join(', ')} in this order`);
    }
    for (const step of steps) this.#steps.add(step);
    for (const step of identifies) this.#identifies.add(step);
    this.#lastIdentify = Math.max(this.#lastIdentify, ...identifies);
    return wrong;
  }

  /** It was refused together with everything of the user that arrived before it though it happened later. */
  #isPartOfRefused(step: number): boolean {
    const later = [...this.#steps].filter((one) => one > step);
    return later.every((one) => this.refused.some(({ steps }) => steps.includes(step) && steps.includes(one)));
  }
}
