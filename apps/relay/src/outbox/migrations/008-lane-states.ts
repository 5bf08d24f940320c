import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * Lanes that are ready, that back off and that wait for their user are found apart, each without a look at the others, and so
 * is what creates a user in a lane. The same on every database.
 */
export const tellLanesApart: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE lanes ADD COLUMN parked_events bigint NOT NULL DEFAULT 0`.execute(db);
    // A look-up that was due had no time any more.
    await sql`UPDATE lanes SET due_at = 0 WHERE parked = 1 AND due_at IS NULL`.execute(db);
    await sql`
      UPDATE lanes SET parked_events = (
        SELECT COUNT(*) FROM events
        WHERE events.destination = lanes.destination AND events.lane = lanes.lane AND events.state = 'pending'
      ) WHERE parked = 1
    `.execute(db);
    await sql`DROP INDEX lanes_ready`.execute(db);
    await sql`
      CREATE INDEX lanes_ready ON lanes (destination, oldest_event)
      WHERE due_at IS NULL AND leased = 0 AND last_delete IS NULL
    `.execute(db);
    await sql`DROP INDEX lanes_waiting`.execute(db);
    await sql`
      CREATE INDEX lanes_due ON lanes (destination, parked, due_at) WHERE due_at IS NOT NULL AND last_delete IS NULL
    `.execute(db);
    await sql`CREATE INDEX lanes_parked ON lanes (destination, queued_at) WHERE parked = 1`.execute(db);
    await sql`CREATE INDEX lanes_grown ON lanes (destination, parked_events) WHERE parked = 1`.execute(db);
    await sql`DROP INDEX lanes_deleting`.execute(db);
    await sql`
      CREATE INDEX lanes_deleting ON lanes (destination, oldest_event) WHERE due_at IS NULL AND last_delete IS NOT NULL
    `.execute(db);
    await sql`
      CREATE INDEX lanes_deleting_due ON lanes (destination, due_at) WHERE due_at IS NOT NULL AND last_delete IS NOT NULL
    `.execute(db);
    await sql`
      CREATE INDEX events_leading ON events (destination, lane, id)
      WHERE state = 'pending' AND type IN ('alias', 'identify')
    `.execute(db);
  },
};
