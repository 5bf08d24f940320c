import { listOthers } from './counting/list-others';
import type { EventFilter, EventRecord } from './port/event-record';
import type { OtherDestination, WaitingCursor, WaitingEvent } from './port/other-destination';
import type { KeptEvent, LaneFilter, LaneRecord, OutboxOverview } from './port/outbox.port';
import { listEvents } from './reading/find-events';
import { listLanes } from './reading/list-lanes';
import { loadEvent } from './reading/load-event';
import { loadOverview } from './reading/load-overview';
import type { Db } from './schema/outbox-schema';
import { loadWaiting } from './turns/find-waiting';

/** What is only read of an outbox in a database. */
export abstract class SqlReads {
  protected constructor(protected readonly db: Db) {}

  listEvents(filter: EventFilter): Promise<readonly EventRecord[]> {
    return listEvents(this.db, filter);
  }

  loadEvent(id: number): Promise<KeptEvent | undefined> {
    return loadEvent(this.db, id);
  }

  listLanes(filter: LaneFilter): Promise<readonly LaneRecord[]> {
    return listLanes(this.db, filter);
  }

  overview(now: number): Promise<OutboxOverview> {
    return loadOverview(this.db, now);
  }

  listOthers(configured: readonly string[]): Promise<readonly OtherDestination[]> {
    return listOthers(this.db, configured);
  }

  loadWaiting(destination: string, after: WaitingCursor | undefined, limit: number): Promise<readonly WaitingEvent[]> {
    return loadWaiting(this.db, destination, after, limit);
  }
}
