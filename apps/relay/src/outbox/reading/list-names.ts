import { sql } from 'kysely';
import type { Db } from '../schema/outbox-schema';

// A site has some hundreds.
const MOST_NAMES = 1_000;

/** The names of the events that are kept of a destination, in order: the index is asked for the next name, not for each event. */
export async function listNames(db: Db, destination: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    WITH RECURSIVE names (name) AS (
      SELECT MIN(event_name) FROM events WHERE destination = ${destination} AND event_name IS NOT NULL
      UNION ALL
      SELECT (SELECT MIN(event_name) FROM events WHERE destination = ${destination} AND event_name > names.name)
      FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL LIMIT ${sql.lit(MOST_NAMES)}
  `.execute(db);
  return rows.map(({ name }) => name);
}
