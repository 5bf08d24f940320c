import type { MigrationProvider } from 'kysely';
import { createOutbox } from './001-outbox';
import { addDeliveryEngine } from './002-delivery-engine';
import { addOperations } from './003-operations';
import { addBacklogSamples } from './004-backlog-samples';
import { addStoreMoves } from './005-store-moves';
import { renameBudgetPlaces } from './006-budget-places';
import { addEnvironments } from './007-environments';
import { tellLanesApart } from './008-lane-states';
import { indexSteps } from './009-steps';
import { addPastPauses } from './010-past-pauses';
import { addDoubts } from './011-doubts';
import { addHeldEvents } from './012-held-events';
import { addMemory } from './013-memory';
import { addUsage } from './014-usage';
import { addEventNames } from './015-event-names';
import { addPriorities } from './016-priorities';
import { addEventLists } from './019-event-lists';
import { indexWaitingAliases } from './020-waiting-aliases';

/** Every change of the store's form, in order; one that was released is never changed. */
export const MIGRATIONS: MigrationProvider = {
  getMigrations: async () => ({
    '001-outbox': createOutbox,
    '002-delivery-engine': addDeliveryEngine,
    '003-operations': addOperations,
    '004-backlog-samples': addBacklogSamples,
    '005-store-moves': addStoreMoves,
    '006-budget-places': renameBudgetPlaces,
    '007-environments': addEnvironments,
    '008-lane-states': tellLanesApart,
    '009-steps': indexSteps,
    '010-past-pauses': addPastPauses,
    '011-doubts': addDoubts,
    '012-held-events': addHeldEvents,
    '013-memory': addMemory,
    '014-usage': addUsage,
    '015-event-names': addEventNames,
    '016-priorities': addPriorities,
    '019-event-lists': addEventLists,
    '020-waiting-aliases': indexWaitingAliases,
  }),
};
