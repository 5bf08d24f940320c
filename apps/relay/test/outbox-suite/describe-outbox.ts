/// <reference types="jest" />
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import { describeAccepting } from './accepting';
import { describeBacklog } from './backlog';
import { describeBudget } from './budget';
import { describeBulk } from './bulk';
import { describeCounting } from './counting';
import { describeDismissing } from './dismissing';
import { describeDoubts } from './doubts';
import { describeDurability } from './durability';
import { describeEndingParked } from './ending-parked';
import { describeEnvironments } from './environments';
import { describeErasing } from './erasing';
import { describeErasingByHand } from './erasing-by-hand';
import { describeHastening } from './hastening';
import { describeGivingUp } from './giving-up';
import { describeGrouping } from './grouping';
import { describeHistory } from './history';
import { describeHolding } from './holding';
import { describeKnownUsers } from './known-users';
import { describeLeasing } from './leasing';
import { describeListing } from './listing';
import { describeListingLanes } from './listing-lanes';
import { describeMemories } from './memories';
import { describeLookUps } from './look-ups';
import { describeOtherDestinations } from './other-destinations';
import { describePaging } from './paging';
import { describeParking } from './parking';
import { describePausedTimes } from './paused-times';
import { describeEventNames } from './event-names';
import { describePauses } from './pauses';
import { describePriorities } from './priorities';
import { describePruning } from './pruning';
import { describeAliasing } from './aliasing';
import { describePurging } from './purging';
import { describeRanking } from './ranking';
import { describeRepeats } from './repeats';
import { describeReplaying } from './replaying';
import { describeSettling } from './settling';
import { describeSizes } from './sizes';
import { describeStory } from './story';
import { describeTogether } from './together';
import { describeMonthlyLimit } from './monthly-limit';
import { describeUsing } from './using';
import { describeWatching } from './watching';
import type { BacklogLimits } from '../../src/outbox/port/backlog-limits';
import type { OutboxUnderTest } from './outbox-under-test';

/** A place to keep an outbox in, empty at first. */
export interface OutboxStore {
  /** Opens the outbox; what it kept before it was closed is there again. */
  open(limits: BacklogLimits): Promise<OutboxPort>;
  /** Removes the place with all that is in it; the outbox is closed by then. */
  remove(): Promise<void>;
}

const LIMITS: BacklogLimits = { backlogLimit: 1_000_000, parkedLimit: 500_000 };

/** What every outbox promises, whatever it keeps its events in. */
export function describeOutbox(name: string, createStore: () => Promise<OutboxStore>): void {
  describe(name, () => {
    let store: OutboxStore;
    let current: OutboxPort;
    beforeEach(async () => {
      store = await createStore();
      current = await store.open(LIMITS);
    });
    afterEach(async () => {
      await current.close();
      await store.remove();
    });

    const tested: OutboxUnderTest = {
      outbox: () => current,
      async reopen(limits = {}) {
        await current.close();
        current = await store.open({ ...LIMITS, ...limits });
        return current;
      },
    };
    describeAccepting(tested);
    describeLeasing(tested);
    describeRanking(tested);
    describePriorities(tested);
    describeBulk(tested);
    describeSizes(tested);
    describeTogether(tested);
    describeAliasing(tested);
    describePurging(tested);
    describeSettling(tested);
    describeHistory(tested);
    describeHastening(tested);
    describeParking(tested);
    describeLookUps(tested);
    describeKnownUsers(tested);
    describeMemories(tested);
    describeRepeats(tested);
    describeEnvironments(tested);
    describeErasing(tested);
    describeBudget(tested);
    describeGivingUp(tested);
    describeEndingParked(tested);
    describePruning(tested);
    describeReplaying(tested);
    describeDismissing(tested);
    describePauses(tested);
    describePausedTimes(tested);
    describeOtherDestinations(tested);
    describeListing(tested);
    describePaging(tested);
    describeStory(tested);
    describeListingLanes(tested);
    describeCounting(tested);
    describeGrouping(tested);
    describeErasingByHand(tested);
    describeHolding(tested);
    describeDurability(tested);
    describeDoubts(tested);
    describeBacklog(tested);
    describeWatching(tested);
    describeUsing(tested);
    describeMonthlyLimit(tested);
    describeEventNames(tested);
  });
}
