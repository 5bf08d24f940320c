import type { MigrationProvider } from 'kysely';
import { addBacklogSamples } from './004-backlog-samples';
import { addStoreMoves } from './005-store-moves';
import { indexSteps } from './009-steps';
import { addDoubts } from './011-doubts';
import { addHeldEvents } from './012-held-events';
import { addUsage } from './014-usage';
import { addPriorities } from './016-priorities';
import { addEventLists } from './019-event-lists';
import { indexWaitingAliases } from './020-waiting-aliases';
import { createOutbox } from './postgres/001-outbox';
import { renameBudgetPlaces } from './postgres/004-budget-places';
import { tellLanesApart } from './008-lane-states';
import { addEnvironments } from './postgres/005-environments';
import { addPastPauses } from './postgres/008-past-pauses';
import { addMemory } from './postgres/011-memory';
import { addEventNames } from './postgres/013-event-names';
import { addRelays } from './postgres/015-relays';
import { leaveRoom } from './postgres/019-room';

/** Every change of the store's form on PostgreSQL, in order; one that was released is never changed. */
export const POSTGRES_MIGRATIONS: MigrationProvider = {
  getMigrations: async () => ({
    '001-outbox': createOutbox,
    '002-backlog-samples': addBacklogSamples,
    '003-store-moves': addStoreMoves,
    '004-budget-places': renameBudgetPlaces,
    '005-environments': addEnvironments,
    '006-lane-states': tellLanesApart,
    '007-steps': indexSteps,
    '008-past-pauses': addPastPauses,
    '009-doubts': addDoubts,
    '010-held-events': addHeldEvents,
    '011-memory': addMemory,
    '012-usage': addUsage,
    '013-event-names': addEventNames,
    '014-priorities': addPriorities,
    '015-relays': addRelays,
    '017-event-lists': addEventLists,
    '018-waiting-aliases': indexWaitingAliases,
    '019-room': leaveRoom,
  }),
};
