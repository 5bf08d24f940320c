import { reasoned } from '@segment-userleap/mapping';
import type { UpsertOperation } from '@segment-userleap/mapping';
import { buildLookupRequest, buildUpsertRequest } from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun, Exchange } from './delivery-run';
import { mergeUpserts } from './merge-upserts';
import type { Pending } from './pending';
import { planUpserts } from './plan-upserts';
import { halves } from './slices';
import { unknownUserOutcome } from './unknown-user';

type Upserts = readonly Pending<UpsertOperation>[];
type Obstacle = Exclude<Exchange, { kind: 'accepted' }>;

/** Delivers one user's upserts between two barriers, in the fewest requests. */
export async function deliverUpserts(run: DeliveryRun, userId: string, upserts: Upserts): Promise<void> {
  await new UpsertDelivery(run, userId).deliverInTurn(planUpserts(userId, upserts));
}

class UpsertDelivery {
  /** UserLeap said 404: not asked again before something creates the user. */
  #isUnknown = false;

  readonly #run: DeliveryRun;
  readonly #userId: string;

  constructor(run: DeliveryRun, userId: string) {
    this.#run = run;
    this.#userId = userId;
  }

  /** Stops at the first request that has to wait, and returns false: what follows must not overtake it. */
  async deliverInTurn(requests: readonly Upserts[]): Promise<boolean> {
    for (const [index, upserts] of requests.entries()) {
      if (await this.#deliverTogether(upserts)) continue;
      this.#run.settleAll(requests.slice(index + 1).flat(), reasoned('retry', 'waiting_for_earlier'));
      return false;
    }
    return true;
  }

  /** In one request; if it is refused, by halves, so that a bad event ends up alone. False where it has to wait. */
  async #deliverTogether(upserts: Upserts): Promise<boolean> {
    const obstacle = await this.#findObstacle(upserts);
    if (obstacle) return this.#settleObstructed(upserts, obstacle);
    const { upsert, warnings } = mergeUpserts(this.#userId, upserts);
    const exchange = await this.#run.exchange(buildUpsertRequest(upsert, this.#run.settings), upserts);
    if (exchange.kind === 'refused' && upserts.length > 1) return this.deliverInTurn(halves(upserts));
    if (exchange.kind !== 'accepted') return this.#settleObstructed(upserts, exchange);
    for (const one of upserts) this.#run.settle(one, DELIVERED, warnings.get(one.index));
    for (const { operation } of upserts) await this.#run.noteTold(this.#userId, operation);
    if (upserts.some(createsUser)) {
      this.#isUnknown = false;
      await this.#run.ports.knownUsers.remember(this.#userId);
    }
    return true;
  }

  /** What keeps these upserts from being sent: only a known user, or one that they create, may get events. */
  async #findObstacle(upserts: Upserts): Promise<Obstacle | undefined> {
    const { settings, ports } = this.#run;
    // What has no event, a Group, creates nobody.
    const mayCreate =
      settings.unknownUsers === 'create' && upserts.some(({ operation }) => operation.events.length > 0);
    if (mayCreate || upserts.some(createsUser)) return undefined;
    if (this.#isUnknown) return { kind: 'unknown_user' };
    if (await ports.knownUsers.isKnown(this.#userId)) return undefined;
    const exchange = await this.#run.exchange(buildLookupRequest(this.#userId, settings), upserts);
    if (exchange.kind !== 'accepted') {
      this.#isUnknown = exchange.kind === 'unknown_user';
      return exchange;
    }
    await ports.knownUsers.remember(this.#userId);
    return undefined;
  }

  #settleObstructed(upserts: Upserts, obstacle: Obstacle): boolean {
    switch (obstacle.kind) {
      case 'unknown_user': {
        const late = reasoned('rejected', 'unknown_user');
        for (const one of upserts) this.#run.settle(one, unknownUserOutcome(this.#run, one, late));
        return true;
      }
      case 'refused':
        this.#run.settleAll(upserts, reasoned('rejected', 'refused', obstacle.sentence));
        return true;
      case 'postponed':
        this.#run.settleAll(upserts, obstacle.outcome);
        return false;
    }
  }
}

function createsUser({ operation }: Pending<UpsertOperation>): boolean {
  return operation.createsUser;
}
