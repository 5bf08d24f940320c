import { reasoned } from '@segment-userleap/mapping';
import type { CarryOverOperation, UpsertOperation } from '@segment-userleap/mapping';
import { deliverCarryOver } from './deliver-carry-over';
import { deliverUpserts } from './deliver-upserts';
import type { DeliveryRun } from './delivery-run';
import { isCarryOver, isUpsert, usersOf } from './pending';
import type { Pending } from './pending';

/**
 * Delivers what is queued for users that Aliases bind together, in order of arrival, its deletes already dealt with. What
 * stands between two barriers of a user shares requests. `blocked`: users whose Delete has to wait, and so all that follows.
 */
export async function deliverFamily(
  run: DeliveryRun,
  pending: readonly Pending[],
  blocked: ReadonlySet<string>,
): Promise<void> {
  await new FamilyDelivery(run, blocked).deliver(pending);
}

class FamilyDelivery {
  /** Of whom something has to be retried: what comes later must not overtake it. */
  readonly #waiting: Set<string>;
  /** What stands before the next barrier of each user. */
  readonly #upserts = new Map<string, Pending<UpsertOperation>[]>();
  readonly #run: DeliveryRun;

  constructor(run: DeliveryRun, blocked: ReadonlySet<string>) {
    this.#run = run;
    this.#waiting = new Set(blocked);
  }

  async deliver(pending: readonly Pending[]): Promise<void> {
    const aliased = new Set(pending.filter(isCarryOver).flatMap(usersOf));
    const lastTold = new Map<string, number | undefined>();
    // Before anything is sent: what this run tells UserLeap itself, it knows.
    for (const userId of aliased) lastTold.set(userId, await this.#run.ports.users.lastTold(userId));
    for (const one of pending) {
      if (usersOf(one).some((userId) => this.#waiting.has(userId))) this.#putOff(one);
      else if (isUpsert(one)) this.#collect(one);
      else if (isCarryOver(one)) await this.#deliverAlias(one, lastTold);
    }
    for (const userId of [...this.#upserts.keys()]) await this.#deliverCollected(userId);
  }

  #putOff(one: Pending): void {
    for (const userId of usersOf(one)) this.#waiting.add(userId);
    this.#run.settle(one, reasoned('retry', 'waiting_for_earlier'));
  }

  #collect(one: Pending<UpsertOperation>): void {
    const { userId } = one.operation;
    const upserts = this.#upserts.get(userId);
    if (upserts) upserts.push(one);
    else this.#upserts.set(userId, [one]);
  }

  /** The old user's calls go first. The new user's go after it, those from before it too: it takes nothing of theirs away. */
  async #deliverAlias(
    alias: Pending<CarryOverOperation>,
    lastTold: ReadonlyMap<string, number | undefined>,
  ): Promise<void> {
    const { previousId, userId } = alias.operation;
    await this.#deliverCollected(previousId);
    if (this.#waiting.has(previousId)) return this.#putOff(alias);
    const own = (this.#upserts.get(userId) ?? []).map(({ operation }) => operation);
    await deliverCarryOver(this.#run, alias, { own, lastTold });
    if (this.#run.outcomeOf(alias.index).outcome !== 'retry') return;
    this.#run.expected.add(userId);
    if (await mustWait(this.#run, previousId, [alias])) for (const user of usersOf(alias)) this.#waiting.add(user);
  }

  async #deliverCollected(userId: string): Promise<void> {
    const upserts = this.#upserts.get(userId) ?? [];
    this.#upserts.delete(userId);
    await deliverUpserts(this.#run, userId, upserts);
    if (await mustWait(this.#run, userId, upserts)) this.#waiting.add(userId);
  }
}

/**
 * Must what follows wait for these? An event that waits for its user to become known does not hold up an Identify behind
 * it, which is what it waits for; but where the user is known to us, its upsert is only on its way.
 */
async function mustWait(run: DeliveryRun, userId: string, events: readonly Pending[]): Promise<boolean> {
  const reasons = events.flatMap(({ index }) => {
    const outcome = run.outcomeOf(index);
    return outcome.outcome === 'retry' ? [outcome.reason] : [];
  });
  if (reasons.length === 0) return false;
  return reasons.some((reason) => reason !== 'unknown_user') || run.ports.users.isKnown(userId);
}
